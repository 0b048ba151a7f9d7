// The HTML in Chromium: axe-core, width, what it asks the network for, and pictures.
//
// In: `chromium`, the path of the program; `pages`, each a path with the schemes and widths to look at it in, 
// whether axe-core shall, and whether it shall miss landmarks; `shots`, each a path with the picture to write, a scheme, a width and a mode. Out: findings
// for each path of `pages`.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(`${process.cwd()}/`);
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

// The pictures that our own publications show; nothing is fetched, and a picture is made up.
const pictures = new Set(["https://example.org/logo.png"]);
const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="240" height="80">
  <rect width="240" height="80" rx="12" fill="#555"/>
  <g fill="#ddd"><circle cx="40" cy="40" r="24"/><path d="M80 28h140v10H80zM80 46h90v10H80z"/></g></svg>`;
const landmarksOf = (enabled) => ({ "landmark-one-main": { enabled }, region: { enabled } });

async function open(browser, path, { scheme, width, mode }) {
  const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 900 } });
  const page = await context.newPage();
  const findings = new Set();
  const own = pathToFileURL(path).href;
  await page.route("**/*", async (route) => {
    const url = route.request().url();
    if (url.split("#")[0] === own) return mode === "no-styles" ? route.fulfill(naked(path)) : route.continue();
    if (!pictures.has(url)) findings.add(`request: it asks for ${url}`);
    else if (mode !== "no-images") return route.fulfill({ contentType: "image/svg+xml", body: picture });
    return route.abort();
  });
  page.on("dialog", (dialog) => {
    findings.add(`program: it says \`${dialog.message()}\``);
    return dialog.dismiss();
  });
  page.on("pageerror", (error) => findings.add(`program: ${error.message}`));
  page.on("popup", () => findings.add("program: it opens a window"));
  if (mode === "forced-dark") {
    const session = await context.newCDPSession(page);
    await session.send("Emulation.setAutoDarkModeOverride", { enabled: true });
  }
  await page.goto(own);
  if (page.url().split("#")[0] !== own) findings.add(`program: it leads to ${page.url()}`);
  return { context, page, findings };
}

function naked(path) {
  const html = readFileSync(path, "utf8").replace(/<style[^]*?<\/style>/g, "").replace(/ (style|class)="[^"]*"/g, "");
  return { contentType: "text/html; charset=utf-8", body: html };
}

async function look(browser, { path, schemes, widths, accessibility, landmarks }) {
  const findings = [];
  for (const scheme of schemes) {
    const { context, page, findings: noticed } = await open(browser, path, { scheme, width: widths[0] });
    if (accessibility) await page.evaluate(axe);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) findings.push(`overflow: ${wide} pixels where there are ${width}`);
      if (accessibility) findings.push(...(await reach(page, landmarks)).map((what) => `${what} (${scheme}, ${width})`));
    }
    findings.push(...noticed);
    await context.close();
  }
  return findings;
}

async function reach(page, landmarks) {
  const { violations, incomplete } = await page.evaluate(
    (rules) => window.axe.run(document, { resultTypes: ["violations", "incomplete"], rules }), landmarksOf(landmarks));
  const undecided = incomplete.map((rule) => ({ ...rule, nodes: rule.nodes.filter(decidable) }));
  const tell = (sort) => ({ id, nodes }) => `axe-${id}: ${sort}${nodes[0].html.slice(0, 160)}, in all ${nodes.length}`;
  return [
    ...violations.map(tell("")),
    ...undecided.filter(({ nodes }) => nodes.length).map(tell("undecided, ")),
  ];
}

// The contrast of a text without letters, of emoji or signs, is none that could be measured.
function decidable({ any }) {
  return !any.some(({ data }) => ["nonBmp", "shortTextContent"].includes(data?.messageKey));
}

const { chromium: chromiumPath, pages, shots } = JSON.parse(readFileSync(0, "utf8"));
const browser = await chromium.launch({
  executablePath: chromiumPath,
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
  ],
});
const told = {};
for (const page of pages) told[page.path] = await look(browser, page);
for (const shot of shots) {
  const { context, page } = await open(browser, shot.path, shot);
  await page.screenshot({ path: shot.picture, fullPage: true });
  await context.close();
}
await browser.close();
console.log(JSON.stringify(told));
