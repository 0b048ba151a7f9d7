// node mjml.js SOURCE.mjml OUT.html SECONDS: the usual call with its usual options, from source to HTML.

import { readFileSync, writeFileSync } from "node:fs";
import mjml2html from "mjml";
import { clock } from "./clock.js";

const [source, out, seconds] = process.argv.slice(2);
const mjml = readFileSync(source, "utf8");

const { html, errors } = await mjml2html(mjml);
if (errors.length) throw new Error(errors.map((error) => error.formattedMessage).join("\n"));
writeFileSync(out, html);

console.log(JSON.stringify(await clock(Number(seconds), () => mjml2html(mjml))));
