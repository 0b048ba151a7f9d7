// A message as postal-mime reads it. In: paths; out: what each holds, in the form of `parsers.py`.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(`${process.cwd()}/`);
const PostalMime = require("postal-mime").default ?? require("postal-mime");

const person = (each) => each && [each.name, each.address];
const lines = (text) => text?.replace(/\r\n/g, "\n").replace(/\n+$/, "");
// Of a text its lines, whose ends a mail may change (RFC 2046 §4.1.1).
const whole = (kind, bytes) => kind.startsWith("text/") ? bytes.toString("latin1").replace(/\r\n/g, "\n") : bytes;

const told = {};
for (const path of JSON.parse(readFileSync(0, "utf8"))) {
  const mail = await PostalMime.parse(readFileSync(path), { attachmentEncoding: "arraybuffer" });
  told[path] = {
    headers: mail.headers.map(({ key, value }) => [key, value.replace(/\s+/g, " ").trim()]),
    subject: mail.subject,
    from: person(mail.from),
    to: (mail.to ?? []).map(person),
    "reply-to": (mail.replyTo ?? []).map(person),
    date: mail.date && new Date(mail.date).toISOString(),
    text: lines(mail.text),
    html: lines(mail.html),
    attachments: mail.attachments.map(({ filename, mimeType, disposition, content }) => ({
      name: filename, kind: mimeType, disposition,
      sha256: createHash("sha256").update(whole(mimeType, Buffer.from(content)), "latin1").digest("hex"),
    })),
  };
}
console.log(JSON.stringify(told));
