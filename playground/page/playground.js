// The page: sends its texts to the worker, and shows the responses.
"use strict";

const EXAMPLE = `openapi: 3.1.0
info: {title: Pet store, version: 1.0.0}
servers: [{url: https://pets.example.com/v1}]
security: [{key: []}]
paths:
  /pets:
    get:
      operationId: listPets
      summary: List pets.
      tags: [pets]
      parameters:
        - {name: status, in: query, schema: {$ref: '#/components/schemas/Status'}}
        - {name: limit, in: query, schema: {type: integer, minimum: 1, maximum: 100}}
      responses:
        '200':
          description: A page of pets.
          content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}
    post:
      operationId: createPet
      summary: Create a pet.
      tags: [pets]
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
      responses:
        '201':
          description: The pet.
          content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}
components:
  securitySchemes:
    key: {type: http, scheme: bearer}
  schemas:
    Status: {type: string, enum: [available, sold]}
    Pet:
      type: object
      required: [name, status]
      properties:
        id: {type: string, format: uuid, readOnly: true}
        name: {type: string, examples: [Rex]}
        status: {$ref: '#/components/schemas/Status'}
`;

/** How long the page waits after the last key, in milliseconds. */
const PAUSE = 400;

const element = (id) => document.getElementById(id);
const texts = { old: element("old"), document: element("document"), config: element("config") };
const names = { old: "old.yaml", document: "openapi.yaml", config: "sdkgen.yaml" };
const worker = new Worker("worker.js");

let command = "generate";
let last = 0;
let timer = null;
let files = {};

function send() {
  clearTimeout(timer);
  if (!texts.document.value.trim() || (command === "compare" && !texts.old.value.trim())) {
    show({}, null);
    return status(command === "compare" ? "Paste both documents." : "Paste a document.");
  }
  last += 1;
  status("Running.");
  worker.postMessage({ id: last, request: request() });
}

function request() {
  const read = (key) => ({ name: names[key], text: texts[key].value });
  const config = texts.config.value;
  if (command === "compare") return { command, old: read("old"), new: read("document"), config };
  return { command, document: read("document"), config };
}

worker.onmessage = ({ data: { id, response, milliseconds } }) => {
  if (id === 0 && !response.fault) return send();
  // A later request replaces this one.
  if (id === last || response.fault) show(response, milliseconds);
};
worker.onerror = (fault) => status(`cannot start sdkgen: ${fault.message}`, true);

function show(response, milliseconds) {
  files = response.files ?? {};
  showFindings(response.findings ?? []);
  showFiles();
  element("download").hidden = Object.keys(files).length === 0;
  element("diff").textContent = response.comparison?.text ?? "";
  if (response.fault) return status(response.fault, true);
  if (milliseconds === null) return;
  const seconds = `${(milliseconds / 1000).toFixed(2)} s`;
  const count = Object.keys(files).length;
  const made = command === "compare" ? [] : [count === 1 ? "1 file" : `${count} files`];
  status([...counts(response.findings ?? []), ...made, seconds].join(", "));
}

function counts(findings) {
  return ["error", "warning", "note"].flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 ? "" : "s"}`];
  });
}

function status(text, failed = false) {
  element("status").textContent = text;
  element("status").classList.toggle("failed", failed);
}

// Texts of a document are set as `textContent`, so that they are never markup.
function part(tag, name, text) {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = text;
  return made;
}

function showFindings(findings) {
  const items = findings.map((finding) => {
    const item = document.createElement("li");
    const title = part("div", "", "");
    title.append(part("span", finding.severity, `${finding.severity}[${finding.code}]: `), finding.message);
    item.append(title);
    if (finding.path && finding.line) item.append(link(finding));
    if (finding.help) item.append(part("p", "help", `help: ${finding.help}`));
    return item;
  });
  element("list").replaceChildren(...items);
}

function link({ path, line, column }) {
  const made = part("button", "", `${path}:${line}:${column}`);
  made.type = "button";
  made.addEventListener("click", () => select(path, line));
  return made;
}

/** Selects a line of the text in which a finding is. */
function select(path, line) {
  const key = Object.keys(names).find((key) => names[key] === path);
  if (!key) return;
  const area = texts[key];
  area.closest("details")?.setAttribute("open", "");
  const lines = area.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  area.scrollTop = (area.scrollHeight / lines.length) * Math.max(0, line - 4);
}

function showFiles() {
  const wanted = element("filter").value.toLowerCase();
  const chosen = element("names").value;
  const shown = Object.keys(files).filter((path) => path.toLowerCase().includes(wanted));
  element("names").replaceChildren(...shown.map((path) => new Option(path, path)));
  const usual = ["crate/README.md", ...shown].find((path) => shown.includes(path));
  element("names").value = shown.includes(chosen) ? chosen : usual ?? "";
  showText();
}

function showText() {
  element("text").textContent = files[element("names").value] ?? "";
}

/** Shows one of the panels. */
function open(panel) {
  for (const id of ["findings", "files", "changes"]) {
    element(id).hidden = id !== panel;
    element(`${id}-tab`).setAttribute("aria-selected", String(id === panel));
  }
}

function choose(chosen) {
  command = chosen;
  const comparing = chosen === "compare";
  element("generate").setAttribute("aria-pressed", String(!comparing));
  element("compare").setAttribute("aria-pressed", String(comparing));
  element("old-box").hidden = !comparing;
  element("files-tab").hidden = comparing;
  element("changes-tab").hidden = !comparing;
  open(comparing ? "changes" : "findings");
  send();
}

async function read(file, area) {
  area.value = await file.text();
  send();
}

/** Returns the files as a tar archive: a header of 512 bytes for each, and its text in blocks of 512 bytes. */
function archive() {
  const encoder = new TextEncoder();
  const parts = [];
  for (const [path, text] of Object.entries(files)) {
    const body = encoder.encode(text);
    parts.push(header(encoder, path, body.length), body, new Uint8Array((512 - (body.length % 512)) % 512));
  }
  return new Blob([...parts, new Uint8Array(1024)], { type: "application/x-tar" });
}

/** Returns the header of a file (POSIX.1-1988, ustar). */
function header(encoder, path, size) {
  const block = new Uint8Array(512);
  const write = (offset, text) => block.set(encoder.encode(text), offset);
  // A name has 100 bytes; the folder of a longer one goes to the prefix.
  const split = path.length > 100 ? path.lastIndexOf("/", 155) : -1;
  write(0, path.slice(split + 1));
  write(100, "0000644\0" + "0000000\0".repeat(2));
  write(124, size.toString(8).padStart(11, "0") + " ");
  write(136, "00000000000 " + " ".repeat(8) + "0");
  write(257, "ustar\0" + "00");
  if (split > 0) write(345, path.slice(0, split));
  const sum = block.reduce((sum, byte) => sum + byte, 0);
  write(148, sum.toString(8).padStart(6, "0") + "\0 ");
  return block;
}

function download() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(archive());
  link.download = "sdkgen.tar";
  link.click();
  URL.revokeObjectURL(link.href);
}

for (const area of Object.values(texts)) {
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE);
  });
  area.addEventListener("dragover", (event) => {
    event.preventDefault();
    area.classList.add("dropping");
  });
  area.addEventListener("dragleave", () => area.classList.remove("dropping"));
  area.addEventListener("drop", (event) => {
    area.classList.remove("dropping");
    const file = event.dataTransfer.files[0];
    if (!file) return;
    event.preventDefault();
    read(file, area);
  });
}
for (const id of ["generate", "compare"]) element(id).addEventListener("click", () => choose(id));
for (const id of ["findings", "files", "changes"]) element(`${id}-tab`).addEventListener("click", () => open(id));
element("names").addEventListener("change", showText);
element("filter").addEventListener("input", showFiles);
element("download").addEventListener("click", download);
element("file").addEventListener("change", ({ target }) => {
  if (target.files[0]) read(target.files[0], texts.document);
  target.value = "";
});
element("example").addEventListener("click", () => {
  texts.old.value = EXAMPLE;
  texts.document.value = command === "compare" ? EXAMPLE.replace("[name, status]", "[name]") : EXAMPLE;
  send();
});
