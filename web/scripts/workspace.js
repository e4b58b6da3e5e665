// Comforts of the workspace; every page works without them.

const typing = (element) => element?.matches?.('input, textarea, select, [contenteditable]');

// ---- drafts: a changed form is posted every few seconds, and once more when the page is left

const form = document.querySelector('.record-form');
const said = form?.querySelector('.draft-state');

function draftBody() {
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') body.append(name, value);
  return body;
}

function keepDrafts(address) {
  let kept = draftBody().toString();
  const send = async (keepalive) => {
    const body = draftBody();
    if (body.toString() === kept) return;
    try {
      const answer = await fetch(address, { method: 'POST', body, keepalive, redirect: 'error' });
      if (!answer.ok) throw new Error(answer.statusText);
      kept = body.toString();
      said.textContent = said.dataset.saved.replace('{1}', await answer.text());
    } catch {
      said.textContent = said.dataset.lost;
    }
  };
  const timer = setInterval(send, 3000);
  const leave = () => send(true);
  addEventListener('pagehide', leave);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && leave());
  form.addEventListener('submit', () => {
    clearInterval(timer);
    removeEventListener('pagehide', leave);
    kept = draftBody().toString();
  });
}
if (said) keepDrafts(said.dataset.drafts);

// ---- tables: Shift and a click tick all rows between two boxes; a box in the heading ticks them all

const boxes = [...document.querySelectorAll('.bulk-form tbody input[type="checkbox"][name="id"]')];
let last = null;
for (const box of boxes)
  box.addEventListener('click', (event) => {
    if (event.shiftKey && last) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
      for (const between of boxes.slice(from, to + 1)) between.checked = box.checked;
    }
    last = box;
  });

// ---- keys: "/" jumps, "?" shows the shortcuts, "g" and a letter go to a place, single letters press a button of the page

const places = { h: '.desk-menu a[href$="/workspace"]', t: '.desk-menu a[href$="/tasks"]', n: '.desk-menu a[href$="/notices"]' };
const buttons = { e: '.page-actions a[href$="/edit"]', h: '.page-actions a[href$="/history"]', n: '.page-actions a[href$="/new"]' };
let going = false;

async function showShortcuts(link) {
  const page = new DOMParser().parseFromString(await (await fetch(link.href)).text(), 'text/html');
  const dialog = document.createElement('dialog');
  dialog.className = 'shortcuts';
  dialog.setAttribute('aria-label', page.querySelector('h1').textContent);
  dialog.append(page.querySelector('h1'), page.querySelector('#shortcuts'));
  dialog.addEventListener('close', () => dialog.remove());
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
}

function press(selector, event) {
  const target = selector && document.querySelector(selector);
  if (!target) return;
  event.preventDefault();
  target.click();
}

addEventListener('keydown', (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === 's' && form) {
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector('dialog[open]')) return;
  const wasGoing = going;
  going = event.key === 'g';
  if (wasGoing) press(places[event.key], event);
  else if (event.key === '/') {
    event.preventDefault();
    document.querySelector('#jump')?.focus();
  } else if (event.key === '?') {
    const link = document.querySelector('.desk-menu a[href$="/shortcuts"]');
    if (link) showShortcuts(link);
  } else press(buttons[event.key], event);
});
