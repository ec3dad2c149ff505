// Inspects a published book.
'use strict';

const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const links = require('./links');
const { serve } = require('./server');

const PROGRAM = process.env.CHROMIUM ?? '/usr/bin/chromium';

// Disables background requests to the internet. As root, Chromium has no sandbox.
const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(os.userInfo().uid === 0 ? ['--no-sandbox'] : []),
];

const WIDTHS = [380, 1024, 1280];
const SCHEMES = ['light', 'dark'];

class Browser {
  static async start(playwright) {
    const { chromium } = require(playwright);
    const browser = new Browser();
    browser.chromium = await chromium.launch({ executablePath: PROGRAM, args: FLAGS });
    return browser;
  }

  stop() {
    return this.chromium.close();
  }

  // Returns the faults of the book, and how many pages were inspected.
  async look(folder, cap) {
    const site = await serve(folder);
    const pages = pagesOf(folder);
    const chosen = spread(pages, cap);
    const faults = [];
    for (const scheme of SCHEMES) {
      for (const width of WIDTHS) faults.push(...(await this.render(site.base, chosen, width, scheme)));
    }
    const { dead, count } = await this.with({}, async tab => links.follow(tab, folder));
    faults.push(...dead);
    const { query, fault } = await this.with({ viewport: { width: 1280, height: 900 } }, tab =>
      search(tab, site.base, pages),
    );
    faults.push(...fault);
    site.close();
    return { pages: pages.length, rendered: chosen.length, links: count, query, faults };
  }

  async with(options, work) {
    const context = await this.chromium.newContext(options);
    try {
      return await work(await context.newPage());
    } finally {
      await context.close();
    }
  }

  // Opens pages in a window of this width.
  render(base, pages, width, colorScheme) {
    return this.with({ viewport: { width, height: 800 }, colorScheme }, async tab => {
      const faults = [];
      let where = '';
      const find = what => faults.push(`${where} (${width} px, ${colorScheme}): ${what}`);
      tab.on('console', message => message.type() === 'error' && find(`console: ${message.text()}`));
      tab.on('pageerror', why => find(`script: ${why.message}`));
      tab.on('response', got => got.status() >= 400 && find(`${got.status()} for ${got.url()}`));
      // A request that navigation aborts has not failed.
      const broken = asked => asked.failure().errorText !== 'net::ERR_ABORTED';
      tab.on('requestfailed', asked => broken(asked) && find(`no answer for ${asked.url()}`));
      for (const page of pages) {
        where = page;
        await tab.goto(base + encodeURI(page));
        (await tab.evaluate(judge, colorScheme)).forEach(find);
      }
      return faults;
    });
  }
}

// Runs in the page. Returns the faults in its layout.
function judge(scheme) {
  const faults = [];
  // mdBook's pages scroll within the window, so that the window's own width is not enough.
  for (const box of document.querySelectorAll('html, body, .content, main')) {
    if (box.scrollWidth > box.clientWidth) faults.push(`${box.tagName} of ${box.scrollWidth} px in ${box.clientWidth} px`);
  }
  for (const box of document.querySelectorAll('.rows, .rows .table-wrapper')) {
    if (box.scrollWidth > box.clientWidth) faults.push(`a table of ${box.scrollWidth} px in ${box.clientWidth} px`);
  }
  // A word on two lines has two boxes. Longer ones may not fit into any column.
  const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (!text.parentElement.closest('.rows code')) continue;
    for (const { 0: word, index } of text.data.matchAll(/[A-Za-z][a-z0-9]{1,23}(?![a-z0-9])/g)) {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      if (range.getClientRects().length > 1) faults.push(`the word ${word} of ${text.parentElement.textContent} is broken`);
    }
  }
  for (const { children } of document.querySelectorAll('.examples')) {
    const [first, second] = [...children].map(child => child.getBoundingClientRect());
    const beside = first.top === second.top;
    if (beside !== innerWidth > 1000) faults.push(`the examples are ${beside ? '' : 'not '}side by side`);
  }
  const shades = getComputedStyle(document.documentElement).backgroundColor.match(/\d+/g).slice(0, 3).map(Number);
  const shade = shades.reduce((sum, one) => sum + one) / 3;
  if (shade > 128 !== (scheme === 'light')) faults.push(`the background is ${shades}`);
  return faults;
}

// Returns the pages that a visitor can open, the start page first.
function pagesOf(folder) {
  const files = fs.readdirSync(folder, { recursive: true }).map(file => file.split(path.sep).join('/'));
  const odd = ['404.html', 'index.html', 'print.html', 'toc.html'];
  return ['index.html', ...files.filter(file => file.endsWith('.html') && !odd.includes(file)).sort()];
}

function spread(pages, cap) {
  if (pages.length <= cap) return pages;
  return Array.from({ length: cap }, (_, at) => pages[Math.floor((at * pages.length) / cap)]);
}

// Types the heading of a page into the search, which must find the page and link to it.
async function search(tab, base, pages) {
  const page = pages.find(page => page.startsWith('resources/')) ?? 'authentication.html';
  await tab.goto(base + encodeURI(page));
  const query = (await tab.locator('main h2').first().textContent()).trim();
  await tab.goto(`${base}index.html`);
  await tab.keyboard.press('s');
  await tab.locator('input[type=search]').pressSequentially(query);
  const found = tab.locator(`[id$=searchresults] a[href*="${page}"]`).first();
  try {
    await found.click({ timeout: 10_000 });
    await tab.locator('main mark').first().waitFor({ timeout: 10_000 });
    const there = new URL(tab.url()).pathname === `/${encodeURI(page)}`;
    return { query, fault: there ? [] : [`search: ${query} leads to ${tab.url()}`] };
  } catch (why) {
    return { query, fault: [`search: ${query} does not find ${page}: ${why.message.split('\n')[0]}`] };
  }
}

module.exports = { Browser };
