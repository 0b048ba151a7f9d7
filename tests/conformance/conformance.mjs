// The HTML as html-validate sees it: its standard and accessibility rules. In: paths; out: findings for each.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(`${process.cwd()}/`);
const { HtmlValidate } = require("html-validate");

const attribute = { deprecated: false };
const config = {
  root: true,
  extends: ["html-validate:standard", "html-validate:a11y"],
  elements: [
    "html5",
    {
      // Outlook for Windows takes the measures of a table from attributes only. Each table says what it is for.
      table: {
        attributes: {
          role: { required: true, enum: ["presentation", "table"] },
          width: attribute, cellpadding: attribute, cellspacing: attribute, border: attribute,
        },
      },
      td: { attributes: { width: attribute, valign: attribute, align: attribute } },
      th: { attributes: { align: attribute } },
      img: { attributes: { alt: { required: true }, width: { required: true } } },
    },
  ],
  rules: {
    // A newsletter has no folder: an address is whole. `mailto:` and `tel:` count as relative, for they have no `//`.
    "allowed-links": ["error", {
      allowExternal: { include: ["^https://"] }, allowAbsolute: false, allowRelative: { include: ["^(mailto|tel):"] },
    }],
    // `role="article"` on a <div>: mail programs turn newer elements into <div> and lose the role.
    "prefer-native-element": ["error", { exclude: ["article"] }],
    "heading-level": ["error", { minInitialRank: "h1" }],
  },
};

const paths = JSON.parse(readFileSync(0, "utf8"));
const validator = new HtmlValidate(config);
const told = {};
for (const path of paths) {
  const report = await validator.validateString(readFileSync(path, "utf8"), path);
  told[path] = report.results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line }) => `${ruleId}: ${message} (line ${line})`));
}
console.log(JSON.stringify(told));
