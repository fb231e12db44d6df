// Runs Zotero’s own translators, unmodified, in Zotero’s own translation server as npm’s `zotero-translators` packs both.
//
// In: a JSON array on stdin of {url, by, as}: `as` is "web" (a page) or "import" (a download), `by` the label of the
// translator. Out: a JSON array on stdout, an answer for each: {items, offered, winner} or {error}. `offered` is what
// the translator says it found before anything is saved, `winner` the first translator of Zotero’s order that found it.

const fs = require("fs");
const path = require("path");
const modules = path.resolve(process.argv[2], "node_modules");
const load = (name) => require(path.join(modules, name));

load("zotero-translators");
const { JSDOM } = load("jsdom");
const xpath = load("wicked-good-xpath");
const { Zotero } = global;
Zotero.debug = () => {};

const PATIENCE = 60000;
const GENERIC = ["unAPI", "COinS", "Embedded Metadata"];

async function fetched(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return { text: await answer.text(), url: answer.url };
}

async function documentAt(url) {
  const page = await fetched(url);
  const dom = new JSDOM(page.text, { url: page.url });
  xpath.install(dom.window, true);
  return dom.window.document;
}

async function byLabel(type, label) {
  const found = (await Zotero.Translators.getAllForType(type, true)).filter((one) => one.label === label);
  if (found.length !== 1) throw new Error(`No ${type} translator is called ${label}.`);
  return found[0];
}

// What Zotero would keep: fields that its item type has, and what the translator attached.
function kept(item) {
  const [fields] = Zotero.Utilities.itemToAPIJSON(item);
  const attachments = (item.attachments || []).map((one) => ({
    title: one.title,
    url: one.document ? one.document.location.href : one.url || one.path,
    mimeType: one.document ? "text/html" : one.mimeType,
    snapshot: one.snapshot !== false,
  }));
  const notes = (item.notes || []).map((one) => one.note || one);
  return { ...fields, attachments, notes };
}

async function detected(url) {
  const translate = new Zotero.Translate.Web();
  translate.setDocument(await documentAt(url));
  const found = await translate.getTranslators(true);
  return found.filter((one) => GENERIC.includes(one.label));
}

async function saveWeb(url, label) {
  const offers = await detected(url);
  const mine = offers.find((one) => one.label === label);
  const winner = offers.length ? offers[0].label : null;
  if (!mine) return { items: [], offered: null, winner };
  const translate = new Zotero.Translate.Web();
  translate.setDocument(await documentAt(url));
  translate.setTranslator(await byLabel("web", label));
  let choice = null;
  translate.setHandler("select", (_translate, items, done) => {
    choice = Object.values(items);
    done(items);
  });
  const items = await translate.translate({ libraryID: false });
  return { items: items.map(kept), offered: mine.itemType, winner, choice };
}

async function importFrom(url, label) {
  const file = await fetched(url);
  const translate = new Zotero.Translate.Import();
  translate.setString(file.text);
  const offers = await translate.getTranslators();
  const winner = offers.length ? offers[0].label : null;
  if (!offers.some((one) => one.label === label)) return { items: [], offered: null, winner };
  const reading = new Zotero.Translate.Import();
  reading.setString(file.text);
  reading.setTranslator(await byLabel("import", label));
  const items = await reading.translate({ libraryID: false });
  return { items: items.map(kept), offered: null, winner };
}

// Zotero’s promises are never settled where a translator gives up in silence.
function inTime(promise) {
  const late = new Promise((_resolve, reject) => setTimeout(() => reject(new Error("no answer in time")), PATIENCE));
  return Promise.race([promise, late]);
}

async function main() {
  let text = "";
  for await (const piece of process.stdin) text += piece;
  const answers = [];
  for (const { url, by, as } of JSON.parse(text)) {
    try {
      answers.push(await inTime(as === "web" ? saveWeb(url, by) : importFrom(url, by)));
    } catch (error) {
      answers.push({ error: String((error && error.stack) || error) });
    }
  }
  fs.writeFileSync(process.argv[3], JSON.stringify(answers, null, 1));
  process.exit(0);
}

main();
