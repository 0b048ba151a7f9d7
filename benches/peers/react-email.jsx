// node react-email.js ITEMS.json OUT SECONDS: the usual two calls, from components to HTML and from there to text.

import { readFileSync, writeFileSync } from "node:fs";
import {
  Body, Column, Container, Head, Heading, Html, Link, Preview, Row, Section, Text, render, toPlainText,
} from "react-email";
import { clock } from "./clock.js";

const body = { margin: 0, backgroundColor: "#eef1f4", fontFamily: "'Segoe UI',Arial,sans-serif" };
const page = { maxWidth: 600, padding: 32, backgroundColor: "#ffffff", color: "#16202e" };
const link = { color: "#0b4f7d", textDecoration: "underline" };
const left = { width: 96, verticalAlign: "top" };
const day = { margin: 0, fontSize: 28, lineHeight: "32px", color: "#0b4f7d" };
const date = { margin: 0, color: "#0b4f7d" };
const small = { margin: 0, color: "#4c5a6c" };
const headline = { margin: 0, fontSize: 18, lineHeight: "24px" };
const text = { margin: "0 0 24px", fontSize: 16 };

const Words = ({ item }) => (
  <>
    <Heading as="h3" style={headline}><Link href={item.url} style={link}>{item.title}</Link></Heading>
    <Text style={small}>{item.meta}</Text>
    <Text style={text}>{item.summary}</Text>
  </>
);

const Lone = ({ item }) => (
  <>
    {item.day && <Text style={date}>{`${item.day} ${item.month} · ${item.time}`}</Text>}
    <Words item={item} />
  </>
);

const Beside = ({ item }) => (
  <Row>
    {item.day && (
      <Column style={left}>
        <Text style={day}>{item.day}</Text>
        <Text style={small}>{item.month}<br />{item.time}</Text>
      </Column>
    )}
    <Column><Words item={item} /></Column>
  </Row>
);

const Newsletter = ({ beside, title, date, preheader, publisher, unsubscribe, groups }) => (
  <Html lang="en">
    <Head><title>{`${title}, ${date}`}</title></Head>
    <Body style={body}>
      <Preview>{preheader}</Preview>
      <Container style={page}>
        <Text style={small}>{date}</Text>
        <Heading>{title}</Heading>
        {groups.map((group) => (
          <Section key={group.heading}>
            <Heading as="h2">{group.heading}</Heading>
            {group.items.map((item) => (beside ? <Beside key={item.url} item={item} /> : <Lone key={item.url} item={item} />))}
          </Section>
        ))}
        <Text style={small}>
          {publisher} · <Link href={unsubscribe} style={link}>Unsubscribe from this newsletter</Link>
        </Text>
      </Container>
    </Body>
  </Html>
);

const [source, out, seconds] = process.argv.slice(2);
const edition = JSON.parse(readFileSync(source, "utf8"));

async function both() {
  const html = await render(<Newsletter {...edition} />);
  return [html, toPlainText(html)];
}

const [html, plain] = await both();
writeFileSync(out, html);
writeFileSync(out.replace(/html$/, "txt"), plain);

console.log(JSON.stringify(await clock(Number(seconds), both)));
