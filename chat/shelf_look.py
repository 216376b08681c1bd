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
    find('#files button').setAttribute('aria-label', find('#files [data-testid=block-label]').textContent.trim());
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
    const here = document.activeElement;
    if (event.key === 'Escape' && isOpen() && (side().contains(here) || here === document.body)) toggle();
  });
}"""

# For the page's head: of what gradio is given as css, rules inside @media reach nothing outside `main`.
SHELF_STYLE: Final = """
#open-shelf { min-width: 0; width: auto; flex: none; padding: 7px 12px; font-size: .875rem; font-weight: 400; border-radius: 8px; background: transparent; border: 1px solid var(--line); color: var(--ink); white-space: nowrap; }
#open-shelf:hover { border-color: var(--accent); color: var(--accent); }
#open-shelf.own { border-color: var(--accent); background: var(--hint); font-weight: 600; }
#shelf { background: var(--paper); color: var(--ink); border-right: 1px solid var(--line); z-index: 30; --block-background-fill: transparent; --block-border-width: 0px; --block-shadow: none; --block-padding: 0; }
#shelf .sidebar-content { padding: 18px 22px 40px; }
#shelf:not(.open) .sidebar-content, #shelf:not(.open) .toggle-button { visibility: hidden; }
#shelf .toggle-button { background: var(--sheet); color: var(--ink); border-color: var(--line); }
#shelf .html-container { padding: 0; }
#shelf .column { gap: 14px; }
#shelf .form { border: 0; background: transparent; box-shadow: none; }
#shelf h2 { font: 700 1.15rem/1.4 var(--serif); margin: 0 0 6px; color: var(--ink); }
#shelf h3 { font: 700 .95rem/1.4 var(--serif); margin: 14px 0 4px; color: var(--ink); }
#shelf p, #shelf li, #shelf summary { font-size: .84rem; line-height: 1.55; color: var(--soft); margin: 0 0 6px; }
#shelf summary { cursor: pointer; }
#shelf ul { list-style: none; padding: 0; margin: 0; }
#shelf b { color: var(--ink); overflow-wrap: anywhere; }
#shelf .sidebar-content button.sm { min-width: 0; flex: 1 1 auto; font-size: .875rem; font-weight: 400; padding: 8px 12px; border-radius: 8px; background: var(--sheet); color: var(--ink); border: 1px solid var(--line); }
#shelf .sidebar-content button.sm:hover { border-color: var(--accent); color: var(--accent); }
#shelf .sidebar-content button.sm.primary { background: var(--accent); color: var(--on-accent); border-color: var(--accent); font-weight: 600; }
#shelf-buttons { gap: 8px; }
#shelf [data-testid="block-info"], #shelf .label-wrap { color: var(--ink); font-size: .92rem; font-weight: 600; }
#shelf input:not([type=checkbox]), #shelf textarea { background: var(--sheet); color: var(--ink); }
#shelf textarea, #shelf input[type=text], #shelf [role=listbox] { border: 1px solid var(--line); border-radius: 8px; }
#files { position: relative; border: 2px dashed var(--soft) !important; border-radius: 10px; background: var(--sheet) !important; }
#files [data-testid="block-label"] { position: absolute; inset: auto 10px 14px; display: block; width: auto; height: auto; padding: 0; border: 0; box-shadow: none; background: transparent; color: var(--ink); font-size: .9rem; text-align: center; white-space: normal; pointer-events: none; z-index: 1; }
#files [data-testid="block-label"] svg { display: none; }
#files [data-testid="upload-text"] { font-size: 0; padding: 0 0 30px; }
#files [data-testid="upload-text"] span.or { font-size: 0; }
#files [data-testid="upload-icon"] { width: 26px; height: 26px; margin: 0; color: var(--accent); }
body.dropping #files, #files:hover, #files:focus-within { border-color: var(--accent) !important; background: var(--hint) !important; }
body.dropping::after { content: ""; position: fixed; inset: 6px; border: 3px dashed var(--accent); border-radius: 12px; pointer-events: none; z-index: 60; }
#shelf #refused li, #shelf .intake li.refused span { color: var(--warn); }
.intake { border-left: 3px solid var(--accent); padding-left: 10px; }
.intake progress { width: 100%; height: 8px; accent-color: var(--accent); }
#shelf .intake li.read span, #shelf .intake [role=status] { color: var(--ink); }
#shelf .intake [role=status] { font-weight: 600; margin: 0; overflow-wrap: anywhere; }
#asked .wrap { flex-direction: column; gap: 6px; }
#asked label { white-space: normal; overflow-wrap: anywhere; text-align: left; background: var(--sheet); border: 1px solid var(--line); border-radius: 8px; color: var(--ink); font-size: .9rem; align-items: flex-start; }
#asked input { accent-color: var(--accent); margin-top: 3px; flex: none; }
#asked input:checked { background-color: var(--accent); border-color: var(--accent); }
#shelf :is(input, textarea, button, summary, [role=listbox]):focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
#which .wrap { border: 1px solid var(--line); border-radius: 8px; background: var(--sheet); box-shadow: none; }
#which input { background: transparent; border: 0; text-overflow: ellipsis; padding-right: 8px; }
#shelf .label-wrap span { font-weight: 600; }
#outline li { margin: 0 0 2px; }
#outline .asks { display: inline; font-weight: 400; text-align: left; color: var(--accent); background: none; border: 0; padding: 4px 0; min-height: 24px; font-size: .9rem; line-height: 1.45; overflow-wrap: anywhere; cursor: pointer; }
#outline .asks:hover { text-decoration: underline; }
#outline .asks:disabled { color: var(--soft); cursor: not-allowed; text-decoration: none; }
#outline small { color: var(--soft); font-size: .78rem; margin-left: 6px; }
@media (min-width: 1100px) {
  .sidebar-parent:has(#shelf.open) { padding-left: 0 !important; }
  body:has(#shelf.open) .gradio-container { margin-left: 400px !important; width: calc(100vw - 400px) !important; }
}
@media (max-width: 1099px) { #shelf.open { box-shadow: 0 0 0 100vmax rgb(0 0 0 / 35%); } }
@media (max-width: 768px) { #shelf .sidebar-content { padding: 16px 18px 60px; } }
@media (prefers-reduced-motion: reduce) { #shelf, #shelf * { transition: none !important; } }
"""
