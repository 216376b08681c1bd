"""The archive in the browser: keeps conversations in localStorage, lists them, saves files, copies links. Constants alone.

Plain localStorage and not gr.BrowserState: that one would hold all conversations as one value (a second tab overwrites
the first's), send it to the server again and again, and lose it whenever its secret changes, which every visitor is told anyway.
Here each conversation is an entry of its own, and the server sees one only when it is opened or exported.
What others wrote is set as text, never as HTML.
"""

from __future__ import annotations

from typing import Final

# As `js` of an event: the message in the place of the archive's value.
TAKE_LINK: Final = "(_, ...others) => [window.archive ? window.archive.link() : '', ...others]"
TAKE_CURRENT: Final = "(_, ...others) => [window.archive ? window.archive.current() : '', ...others]"
TAKE_MESSAGE: Final = "(_, ...others) => [window.archive.message, ...others]"
BEGIN_NEW: Final = "() => window.archive.begin()"

KEEP: Final = r"""
const PREFIX = 'briefing-qa:', NOW = 'briefing-qa-now';
const find = (selector) => element.querySelector(selector);
const words = () => JSON.parse(find('.words').dataset.words);
const fill = (text, values) => text.replace(/{(\w+)}/g, (_, name) => values[name]);
let silence;
const say = (text, lasting = false) => {
  clearTimeout(silence);
  find('.said').textContent = text;
  if (!lasting) silence = setTimeout(() => { find('.said').textContent = ''; }, 4000);
};
const attempt = (work, otherwise) => { try { return work(); } catch { return otherwise; } };
const read = (id) => attempt(() => JSON.parse(localStorage.getItem(PREFIX + id)), null);
const now = () => attempt(() => sessionStorage.getItem(NOW), null);
const setNow = (id) => attempt(() => id ? sessionStorage.setItem(NOW, id) : sessionStorage.removeItem(NOW));
const remove = (id) => attempt(() => localStorage.removeItem(PREFIX + id));
const entries = () => attempt(() => Object.keys(localStorage), []).filter((key) => key.startsWith(PREFIX))
  .map((key) => read(key.slice(PREFIX.length))).filter(Boolean).sort((one, other) => other.changed - one.changed);

// The same conversation begins with the same question at the same time; asked again, its first question has another time.
const write = (text) => {
  const kept = JSON.parse(text), first = kept.exchanges[0], begins = first.at + ' ' + first.question;
  const current = read(now());
  const again = current && current.count === 1 && current.collection === kept.collection && current.begins.endsWith(' ' + first.question);
  const old = entries().find((entry) => entry.begins === begins) || (again ? current : null);
  const id = old ? old.id : Date.now().toString(36) + Math.random().toString(36).slice(2);
  const name = old && old.renamed ? old.name : first.question;
  const entry = {id, name, renamed: Boolean(old && old.renamed), begins, changed: Date.now(), count: kept.exchanges.length, collection: kept.collection, text};
  try { localStorage.setItem(PREFIX + id, JSON.stringify(entry)); } catch { say(words().full, true); return; }
  setNow(id);
};
"""

LIST: Final = r"""
const make = (tag, name, text, label) => {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = text;
  if (label) made.setAttribute('aria-label', label);
  return made;
};
const plain = (text) => text.normalize('NFKC').toLowerCase();
const contents = (entry) => attempt(() => plain([entry.name, ...JSON.parse(entry.text).exchanges.flatMap((exchange) =>
  [exchange.question, exchange.answer.text, ...exchange.answer.citations.map((citation) => citation.quote)])].join('\n')), plain(entry.name));
const item = (entry) => {
  const w = words(), row = make('li', entry.id === now() ? 'current' : '', ''), open = make('button', 'open', '');
  row.dataset.id = entry.id;
  open.type = 'button';
  const when = new Date(entry.changed).toLocaleString(document.documentElement.lang || undefined, {dateStyle: 'medium', timeStyle: 'short'});
  const meta = [when, fill(w.count, entry), ...(entry.id === now() ? [w.current] : [])];
  open.append(make('span', 'name', entry.name), make('span', 'meta', meta.join(' · ')));
  if (props.collection && entry.collection !== props.collection) open.append(make('span', 'tag', w.other));
  row.append(open, make('button', 'rename', w.rename, w.rename + ' ' + entry.name), make('button', 'delete', w.delete, w.delete + ' ' + entry.name));
  return row;
};
const list = () => {
  const wanted = plain(find('.search').value.trim()), all = entries();
  const shown = all.filter((entry) => !wanted || contents(entry).includes(wanted));
  find('.conversations').replaceChildren(...shown.map(item));
  find('.none').textContent = shown.length ? '' : all.length ? words().no_match : words().none;
  find('.wipe').disabled = !all.length;
};
const rename = (row) => {
  const entry = read(row.dataset.id), box = make('input', 'name', '', words().rename);
  let done = false;
  const finish = (save) => {
    if (done) return;
    done = true;
    const name = box.value.trim();
    if (save && name) attempt(() => localStorage.setItem(PREFIX + entry.id, JSON.stringify({...entry, name, renamed: true})));
    list();
    const again = find(`li[data-id="${entry.id}"] .rename`);
    if (again) again.focus();
  };
  box.value = entry.name;
  box.addEventListener('keydown', (event) => {
    if (event.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault();
    event.stopPropagation();
    finish(event.key === 'Enter');
  });
  box.addEventListener('blur', () => finish(true));
  row.querySelector('.open').replaceWith(box);
  box.select();
};
const begin = () => document.querySelector('#new').click();
const drop = (ids) => {
  const current = ids.includes(now());
  ids.forEach(remove);
  if (current) begin();
  list();
  find('.search').focus();
};
"""

ACT: Final = r"""
const send = (name, message) => { window.archive.message = typeof message === 'string' ? message : JSON.stringify(message); trigger(name); };
const copy = async (text) => {
  if (navigator.clipboard && await navigator.clipboard.writeText(text).then(() => true, () => false)) return;
  const box = document.body.appendChild(make('textarea', '', text));
  box.value = text;
  box.select();
  document.execCommand('copy');
  box.remove();
};
const save = (file) => {
  const bytes = Uint8Array.from(atob(file.base64), (letter) => letter.charCodeAt(0));
  const link = make('a', '', ''), address = URL.createObjectURL(new Blob([bytes], {type: file.type}));
  link.href = address;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10000);
};
let voted;
const vote = (link) => {
  const [, turn, way] = link.hash.slice(1).split('-');
  voted = Number(turn);
  if (way === 'up') return send('vote', {turn: voted, up: true});
  find('.reasons form').reset();
  find('.reasons').showModal();
};
const press = (button) => {
  const row = button.closest('li'), name = button.classList[0], dialog = button.closest('dialog');
  if (name === 'open-archive') { find('.search').value = ''; list(); find('.refused').textContent = ''; find('.kept').showModal(); }
  if (name === 'shut') dialog.close();
  if (name === 'open') { window.briefing.open(); setNow(row.dataset.id); send('reopen', read(row.dataset.id).text); dialog.close(); document.querySelector('#question textarea').focus(); }
  if (name === 'rename') rename(row);
  if (name === 'delete' && confirm(fill(words().sure, read(row.dataset.id)))) drop([row.dataset.id]);
  if (name === 'wipe' && confirm(fill(words().sure_all, {count: entries().length}))) drop(entries().map((entry) => entry.id));
  if (name === 'export') {
    const current = document.querySelector('#chat .asked') && read(now());
    if (!document.querySelector('#chat .reply')) find('.refused').textContent = words().nothing;
    else { find('.refused').textContent = ''; send('hand_on', {format: button.dataset.form, kept: current ? current.text : ''}); }
  }
};
element.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (button) press(button);
  else if (event.target.matches('dialog')) event.target.close();
});
element.addEventListener('input', (event) => { if (event.target.matches('.search')) list(); });
element.addEventListener('submit', (event) => {
  const given = new FormData(event.target);
  send('vote', {turn: voted, up: false, reason: given.get('reason'), expected: given.get('expected'), note: given.get('note')});
});
document.addEventListener('click', (event) => {
  const link = event.target.closest && event.target.closest('#chat a.act');
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.classList.contains('vote')) vote(link);
  else copy(new URL(link.getAttribute('href'), location.href).href).then(() => say(words().link_copied));
});
addEventListener('storage', () => { if (find('.kept').open) list(); });
watch('kept', () => { if (props.kept) write(props.kept); });
watch('file', () => { if (props.file) save(JSON.parse(props.file)); });
watch('value', () => { if (find('.kept').open) list(); });
window.archive = {
  message: '',
  begin: () => setNow(null),
  current: () => document.querySelector('#chat .asked') || !read(now()) ? '' : read(now()).text,
  link: () => {
    const given = new URLSearchParams(location.search), ask = given.get('ask');
    if (ask === null) return '';
    const language = given.get('lang');
    history.replaceState(null, '', location.pathname + (language ? '?lang=' + encodeURIComponent(language) : ''));
    setNow(null);
    return JSON.stringify({ask, docs: given.get('docs') || '', answer: given.get('answer') || ''});
  },
};
"""

ARCHIVE_SCRIPT: Final = KEEP + LIST + ACT
