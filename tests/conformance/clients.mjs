// What mail programs can take, by the data of caniemail.com. In: paths; out: findings for each, and exceptions that
// none of them needed.
//
// It is read twice. As it stands, a program may lack what only makes it better. Without <style> and classes, as Gmail
// shows it in a phone's browser, in a clipped mail and for foreign accounts, all that is left must be in every program.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(`${process.cwd()}/`);
const { caniemail } = require("caniemail");

const clients = ["gmail.*", "outlook.*", "apple-mail.*", "yahoo.*", "samsung-email.*", "thunderbird.*"];
const gmailOnPhones = "gmail.mobile-webmail";
const wordEngine = ["outlook.windows", "outlook.windows-mail"];
const yahoo = ["yahoo.desktop-webmail", "yahoo.ios", "yahoo.android"];

// What may be missing where, and what a reader has then.
const inline = {
  "<body> element": [["outlook.macos", "yahoo.ios", "yahoo.android"],
    "its margin and colour are lost; the <div> inside says the colour again"],
  "aria-label attribute": [["outlook.windows-mail", "thunderbird.macos", ...yahoo],
    "the article has no name; its main heading says the same"],
  "role attribute": [["outlook.windows-mail"], "no screen reader of today works with Windows Mail"],
  "height property": [yahoo, "of a picture, which has the attribute; of the preheader, which `display` hides"],
  "Local anchors": [
    ["yahoo.ios", "yahoo.android", "gmail.ios", "outlook.ios", "outlook.android", "samsung-email.android"],
    "a link of the contents does nothing; the section is further down all the same"],
  "display:none": [[gmailOnPhones], "the preheader is the first line of the mail"],
  "overflow": [wordEngine, "it only helps to hide the preheader"],
};
const sheet = {
  "<style> element": [[gmailOnPhones], "what is left is the other view"],
  "Type selector": [[gmailOnPhones], "as <style>"],
  "Class selector": [[gmailOnPhones], "as <style>"],
  "Descendant combinator": [[gmailOnPhones], "as <style>"],
  "Attribute selector": [[gmailOnPhones, ...wordEngine], "the colours of Outlook.com and dates of Apple Mail only"],
  "@media": [[gmailOnPhones, ...wordEngine, "thunderbird.macos"], "no dark colours, no narrower edges"],
  "word-break": [["outlook.windows-mail", ...yahoo], "a word longer than the screen is scrolled to"],
};

const needed = new Set();

function findings(html, view, exceptions) {
  const missing = new Map();
  let issues;
  try {
    issues = caniemail({ clients, html }).issues;
  } catch (error) {
    // It throws at a feature that none of the clients is told about.
    return [`unknown (${view}): ${error.message}`];
  }
  for (const [client, errors] of issues.errors) {
    for (const { title } of errors) {
      if (exceptions[title]?.[0].includes(client)) needed.add(`${title} in ${client}`);
      else missing.set(title, (missing.get(title) ?? new Set()).add(client));
    }
  }
  return [...missing].map(([title, where]) => `${title} (${view}): not in ${[...where].sort().join(", ")}`);
}

const told = {};
for (const path of JSON.parse(readFileSync(0, "utf8"))) {
  const html = readFileSync(path, "utf8");
  const bare = html.replace(/<style[^]*?<\/style>/g, "").replace(/ class="[^"]*"/g, "");
  told[path] = [...findings(bare, "inline", inline), ...findings(html, "whole", { ...inline, ...sheet })];
}
const all = Object.entries({ ...inline, ...sheet });
const excepted = all.flatMap(([title, [where]]) => where.map((client) => `${title} in ${client}`));
told.needless = excepted.filter((each) => !needed.has(each)).map((each) => `an exception that nothing needs: ${each}`);
console.log(JSON.stringify(told));
