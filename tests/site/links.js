// Checks every link of a published book.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

// Reads links and anchors of all pages with the browser's parser, without rendering. The print page and the page for
// missing pages are ignored, as mdBook generates them.
async function follow(tab, folder) {
  const files = fs.readdirSync(folder, { recursive: true }).map(file => file.split(path.sep).join('/'));
  const anchors = new Map(files.map(file => [file, new Set()]));
  const links = [];
  for (const file of files) {
    const text = () => fs.readFileSync(path.join(folder, file), 'utf8');
    if (file.endsWith('.html') && !['404.html', 'print.html'].includes(file)) {
      const page = await tab.evaluate(read, text());
      anchors.set(file, new Set(page.ids));
      links.push(...page.links.map(link => ({ file, link })));
      page.twice.forEach(id => links.push({ file, link: `#${id}`, why: 'an anchor that is there twice' }));
    }
    if (file === 'llms.txt') {
      links.push(...[...text().matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => ({ file, link })));
    }
  }
  const dead = links.filter(one => one.why ?? !leads(one, anchors));
  return {
    count: links.length,
    dead: dead.map(({ file, link, why }) => `${file}: ${why ?? 'a dead link'}: ${link}`),
  };
}

// Runs in a page. Returns the links and anchors of another page, given as text.
function read(text) {
  const page = new DOMParser().parseFromString(text, 'text/html');
  const all = name => [...page.querySelectorAll(`[${name}]`)].map(element => element.getAttribute(name));
  const ids = all('id');
  const twice = ids.filter((id, at) => ids.indexOf(id) !== at);
  return { ids, twice, links: [...all('href'), ...all('src')] };
}

// Returns whether a link leaves the book, or points to an existing file and anchor.
function leads({ file, link }, anchors) {
  if (/^(https?|mailto|data):/.test(link)) return true;
  const { pathname, hash } = new URL(link, `http://book/${file}`);
  const target = decodeURIComponent(pathname.slice(1)) || 'index.html';
  const anchor = decodeURIComponent(hash.slice(1));
  return anchors.has(target) && (anchor === '' || anchors.get(target).has(anchor));
}

module.exports = { follow };
