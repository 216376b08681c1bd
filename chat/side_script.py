"""What the source panel does in the browser: the way to a source and back, tabs by arrow key, the sheet on a phone, copying."""

from __future__ import annotations

from typing import Final

# Of the panel's HTML components: a button that leads into the full text becomes a click that says where to.
TELL_PLACE: Final = """element.addEventListener('click', (event) => {
  const button = event.target.closest('button.to-text');
  if (button) trigger('click', {document: button.dataset.document, start: +button.dataset.start, end: +button.dataset.end});
});"""

# After the full text was made for a place: it may not stand in the page yet.
GO_TO_PLACE: Final = """() => {
  let tries = 100;
  const go = () => {
    const found = document.querySelector('#text mark.current');
    if (found && found.offsetParent) document.dispatchEvent(new CustomEvent('briefing-show', {detail: found}));
    else if (tries--) setTimeout(go, 30);
  };
  setTimeout(go, 30);
}"""

# One delegated listener for each kind of event, since answers and cards come and go.
SIDE_SCRIPT: Final = """() => {
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const phone = matchMedia('(max-width: 768px)');
  const get = (selector) => document.querySelector(selector);
  const frame = () => new Promise(requestAnimationFrame);
  let origin = null;  // the marker that led to the panel

  const behind = () => ['#skip', '#top', '#notice', '#talk'].map(get).filter(Boolean);
  const isOpen = () => get('#evidence').classList.contains('sheet');
  const openSheet = () => {
    if (!phone.matches || isOpen()) return;
    const sheet = get('#evidence');
    sheet.classList.add('sheet');
    document.documentElement.style.overflow = 'hidden';
    for (const [name, value] of [['role', 'dialog'], ['aria-modal', 'true'], ['aria-label', get('#open-panel').textContent]]) sheet.setAttribute(name, value);
    behind().forEach((part) => { part.inert = true; });
    history.pushState({sheet: true}, '');
  };
  const closeSheet = (focus = true) => {
    if (!isOpen()) return;
    get('#evidence').classList.remove('sheet');
    document.documentElement.style.overflow = '';
    ['role', 'aria-modal', 'aria-label'].forEach((name) => get('#evidence').removeAttribute(name));
    behind().forEach((part) => { part.inert = false; });
    if (history.state && history.state.sheet) history.back();
    if (focus) (origin && origin.isConnected ? origin : get('#open-panel')).focus();
  };
  addEventListener('popstate', () => closeSheet());
  phone.addEventListener('change', () => closeSheet(false));

  const choose = async (panel) => {
    const tab = panel && get('#' + panel.id + '-button');
    if (!tab || tab.getAttribute('aria-selected') === 'true') return;
    tab.click();
    await frame();
    await frame();
  };
  const show = async (target) => {
    if (target.closest('#evidence')) openSheet(); else closeSheet(false);
    await choose(target.closest('[role=tabpanel]'));
    for (let fold = target.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
    target.focus({preventScroll: true});
    const behavior = calm.matches || target.closest('#text') ? 'auto' : 'smooth';
    target.scrollIntoView({block: 'center', behavior});
    if (target.closest('#text')) { await frame(); target.scrollIntoView({block: 'center'}); }  // its neighbours have their true height now
    target.classList.remove('flash');
    void target.offsetWidth;
    target.classList.add('flash');
    setTimeout(() => target.classList.remove('flash'), 2000);
  };
  document.addEventListener('briefing-show', (event) => show(event.detail));

  const copy = async (button) => {
    const label = button.dataset.label || (button.dataset.label = button.textContent);
    let done = false;
    try {
      if (navigator.clipboard) { await navigator.clipboard.writeText(button.dataset.text); done = true; }
    } catch { done = false; }
    if (!done) {  // not over https, nor on this computer: the browser has an older way
      const area = Object.assign(document.createElement('textarea'), {value: button.dataset.text, className: 'copy-area'});
      document.body.append(area);
      area.select();
      done = document.execCommand('copy');
      area.remove();
      button.focus();
    }
    button.textContent = done ? button.dataset.done : button.dataset.failed;
    const status = get('#status p');
    if (status) status.textContent = button.textContent;
    setTimeout(() => { button.textContent = label; }, 2000);
  };

  document.addEventListener('click', (event) => {
    const found = event.target.closest && event.target.closest('a.cite, a.near, a.to-answer, a.skip, button.copy, #open-panel, #close-panel');
    if (!found || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (found.matches('button.copy')) return copy(found);
    if (found.id === 'close-panel') return closeSheet();
    if (found.id === 'open-panel') { origin = found; openSheet(); return get('#close-panel').focus(); }
    event.preventDefault();
    if (found.matches('.skip')) {
      if (found.hash === '#evidence') openSheet();
      return get(found.hash === '#evidence' ? '#side [role=tab][aria-selected=true]' : '#question textarea').focus();
    }
    const back = found.matches('.to-answer');
    const fresh = back && origin && origin.isConnected && origin.hash === '#' + found.dataset.from;
    const target = fresh ? origin : document.getElementById(decodeURIComponent(found.hash.slice(1)));
    if (!target) return;
    if (!back) origin = found;
    show(target);
  });

  // Gradio names each message by its source, which read aloud is our markup, the conversation in English, and the tabs' panels by nothing.
  const name = () => {
    const log = get('#chat [role=log]'), words = get('#skip [data-chat]');
    if (log && words) log.setAttribute('aria-label', words.dataset.chat);
    document.querySelectorAll('#chat [data-testid][aria-label*="<"]').forEach((message) => message.removeAttribute('aria-label'));
    document.querySelectorAll('#side [role=tabpanel]:not([aria-labelledby])').forEach((panel) => panel.setAttribute('aria-labelledby', panel.id + '-button'));
  };
  const naming = new MutationObserver(name);
  ['#chat', '#skip'].forEach((part) => naming.observe(get(part), {childList: true, subtree: true}));

  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && isOpen() && !event.target.closest('input')) return closeSheet();
    const tab = event.target.closest && event.target.closest('#side [role=tab]');
    const step = {ArrowRight: 1, ArrowLeft: -1, Home: 'first', End: 'last'}[event.key];
    if (!tab || !step) return;
    const tabs = [...tab.parentElement.querySelectorAll('[role=tab]')];
    const next = step === 'first' ? tabs[0] : step === 'last' ? tabs.at(-1) : tabs.at((tabs.indexOf(tab) + step) % tabs.length);
    event.preventDefault();
    next.focus();
    next.click();
  });
}"""
