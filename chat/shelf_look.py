"""How the documents at the page's side look, and what they do in the browser. Constants alone."""

from __future__ import annotations

from typing import Final

# Opens or closes the side; the button of gradio's own sidebar does the work.
TOGGLE: Final = "() => window.briefingShelf.toggle()"

# Once, on load. Files are dropped anywhere on the page; one that is too large isn't even sent. A listed question goes into the box.
SHELF_SCRIPT: Final = """() => {
  if (window.briefingShelf) return;
  const find = (selector) => document.querySelector(selector);
  const side = () => find('#shelf');
  const isOpen = () => side().classList.contains('open');
  const toggle = () => {
    const opening = !isOpen();
    const button = side().querySelector('.toggle-button');
    button.setAttribute('aria-label', find('#rules')?.dataset.close || '');
    button.click();
    find('#open-shelf')?.setAttribute('aria-expanded', String(opening));
    if (opening) setTimeout(() => find('#files button')?.focus(), 300);
    else find('#open-shelf')?.focus();
  };
  window.briefingShelf = {toggle};
  const refuse = (files) => {
    const rules = find('#rules'), listed = find('#refused');
    listed.textContent = '';
    for (const file of files) {
      const item = document.createElement('li'), name = document.createElement('b');
      name.textContent = file.name;
      item.append(name, ' ' + rules.dataset.large);
      listed.append(item);
    }
  };
  const give = (files) => {
    const most = Number(find('#rules').dataset.most), input = find('#files input[type=file]');
    const all = [...files], fit = all.filter((file) => file.size <= most);
    refuse(all.filter((file) => file.size > most));
    if (!isOpen()) toggle();
    const kept = new DataTransfer();
    fit.forEach((file) => kept.items.add(file));
    input.files = kept.files;
    if (fit.length) input.dispatchEvent(new Event('change', {bubbles: true}));
  };
  document.addEventListener('change', (event) => {
    if (!event.isTrusted || !event.target.matches('#files input[type=file]')) return;
    event.stopImmediatePropagation();
    give(event.target.files);
  }, true);
  const brings = (event) => [...(event.dataTransfer?.types || [])].includes('Files');
  document.addEventListener('dragover', (event) => {
    if (!brings(event) || !find('#files input')) return;
    event.preventDefault();
    document.body.classList.add('dropping');
  }, true);
  document.addEventListener('dragleave', (event) => { if (!event.relatedTarget) document.body.classList.remove('dropping'); }, true);
  document.addEventListener('drop', (event) => {
    document.body.classList.remove('dropping');
    if (!brings(event) || !find('#files input')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    give(event.dataTransfer.files);
  }, true);
  document.addEventListener('click', (event) => {
    const button = event.target.closest && event.target.closest('#outline .asks');
    const box = find('#question textarea');
    if (!button || !box) return;
    box.value = button.dataset.ask;
    box.dispatchEvent(new Event('input', {bubbles: true}));
    if (matchMedia('(max-width: 768px)').matches) toggle();
    box.focus();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && isOpen() && side().contains(document.activeElement)) toggle();
  });
}"""

SHELF_STYLE: Final = """
#open-shelf { min-width: 0; width: auto; flex: none; padding: 7px 12px; font-size: .875rem; font-weight: 400; border-radius: 8px; background: transparent; border: 1px solid var(--line); color: var(--ink); white-space: nowrap; }
#open-shelf:hover { border-color: var(--accent); color: var(--accent); }
#open-shelf.own { border-color: var(--accent); background: var(--hint); font-weight: 600; }
#shelf { background: var(--paper); color: var(--ink); border-right: 1px solid var(--line); z-index: 30; }
#shelf .sidebar-content { padding: 18px 20px 32px; }
#shelf:not(.open) .sidebar-content, #shelf:not(.open) .toggle-button { visibility: hidden; }
#shelf .toggle-button { background: var(--sheet); color: var(--ink); border-color: var(--line); }
#shelf .html-container { padding: 0; }
#shelf h2 { font: 700 1.15rem/1.4 var(--serif); margin: 0; color: var(--ink); }
#shelf h3 { font: 700 .95rem/1.4 var(--serif); margin: 14px 0 6px; color: var(--ink); }
#shelf p, #shelf li { font-size: .84rem; line-height: 1.55; color: var(--soft); margin: 0 0 6px; }
#shelf ul { list-style: none; padding: 0; margin: 0; }
#shelf b { color: var(--ink); overflow-wrap: anywhere; }
#shelf .block { background: transparent; }
#shelf button:not(.toggle-button):not(.asks) { font-size: .875rem; }
#files { border: 2px dashed var(--soft) !important; border-radius: 10px; background: var(--sheet) !important; min-height: 104px; }
#files .upload-container { min-height: 100px; }
#files [data-testid="block-label"], #files [data-testid="upload-text"] { font-size: 0; position: static; border: 0; box-shadow: none; background: transparent; }
#files [data-testid="block-label"] { display: none; }
#files [data-testid="upload-text"] { pointer-events: none; padding: 0; }
#files [data-testid="upload-text"] > * { font-size: 0; }
#files [data-testid="upload-text"] > [data-testid="upload-icon"] { width: 26px; height: 26px; color: var(--accent); }
#drop { position: relative; }
#drop p.drop { text-align: center; color: var(--ink); font-size: .92rem; margin: 0; }
body.dropping #files, #files:focus-within { border-color: var(--accent) !important; background: var(--hint) !important; }
body.dropping::after { content: ""; position: fixed; inset: 6px; border: 3px dashed var(--accent); border-radius: 12px; pointer-events: none; z-index: 60; }
#refused li, .intake li.refused span { color: var(--warn); }
.intake { border-left: 3px solid var(--accent); padding-left: 10px; }
.intake progress { width: 100%; height: 8px; accent-color: var(--accent); }
.intake p { color: var(--ink) !important; font-weight: 600; }
.intake details summary { cursor: pointer; color: var(--soft); }
#asked .wrap { flex-direction: column; gap: 6px; }
#asked label { white-space: normal; overflow-wrap: anywhere; text-align: left; background: var(--sheet); border: 1px solid var(--line); color: var(--ink); font-size: .875rem; }
#outline .hint { font-style: normal; }
#outline li { display: flex; gap: 8px; align-items: baseline; justify-content: space-between; }
#outline .asks { text-align: left; color: var(--accent); background: none; border: 0; padding: 3px 0; font-size: .9rem; line-height: 1.45; overflow-wrap: anywhere; cursor: pointer; }
#outline .asks:hover { text-decoration: underline; }
#outline .asks:disabled { color: var(--soft); cursor: not-allowed; text-decoration: none; }
#outline small { color: var(--soft); font-size: .78rem; flex: none; max-width: 50%; }
#shelf-buttons { gap: 8px; }
#shelf-buttons button { min-width: 0; flex: 1 1 auto; }
"""
