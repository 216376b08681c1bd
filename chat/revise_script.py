"""A question put back into the box to be asked again in its own place, a quote at its marker, and folds opened for printing."""

from __future__ import annotations

from typing import Final

# Given to a question's event: the turn that the box's text is to replace, which the browser alone knows.
TAKE_TURN: Final = """async (text, conversation, language, _, ...rest) => {
  await window.briefing.opening;
  return [text, conversation, language, +(document.querySelector('#question').dataset.turn || 0), ...rest];
}"""

# While another conversation opens a question waits: it would else be asked in the old one, and be gone with it.
AWAIT_OPENED: Final = "async (...given) => { await window.briefing.opening; return given; }"
TELL_OPENED: Final = "() => window.briefing.opened()"

REVISE_SCRIPT: Final = """() => {
  const box = () => document.querySelector('#question textarea');
  const tell = (text) => { const line = document.querySelector('#status p'); if (line) { line.textContent = text; line.className = ''; } };
  const rows = () => [...document.querySelectorAll('#chat .question, #chat .reply')];
  const fill = (text) => {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(box(), text);
    box().dispatchEvent(new Event('input', {bubbles: true}));
    box().focus();
    box().setSelectionRange(text.length, text.length);
  };
  const forget = () => {
    delete document.querySelector('#question').dataset.turn;
    rows().forEach((row) => row.classList.remove('replaced'));
  };
  let opened = () => {};
  window.briefing = {
    opening: null,
    open: () => {
      forget();
      window.briefing.opening = new Promise((done) => { opened = done; setTimeout(done, 10000); });
    },
    opened: () => opened(),
  };
  document.addEventListener('click', (event) => {
    const link = event.target.closest && event.target.closest('a.revise');
    if (!link) {
      if (event.target.closest && event.target.closest('#suggestions button')) forget();
      if (event.target.closest && event.target.closest('#new')) window.briefing.open();
      return;
    }
    event.preventDefault();
    if (document.querySelector('#question .stop-button')) return;  // an answer is under way
    forget();
    const turn = +link.hash.slice('#turn-'.length);
    document.querySelector('#question').dataset.turn = turn;
    const first = link.closest('.question') || rows().filter((row) => row.matches('.question'))[turn - 1];
    rows().slice(rows().indexOf(first)).forEach((row) => row.classList.add('replaced'));
    fill(link.parentElement.querySelector('.asked, .standalone').textContent);
    tell(link.title);
  });
  document.addEventListener('briefing-asked', forget);
  document.addEventListener('input', (event) => {
    if (event.target !== box() || box().value || !document.querySelector('#question').dataset.turn) return;
    forget();
    tell('');
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && event.target === box() && document.querySelector('#question').dataset.turn) fill('');
  });

  const tip = Object.assign(document.createElement('div'), {id: 'tip', hidden: true});
  tip.setAttribute('role', 'tooltip');
  document.body.append(tip);
  let marker = null;
  const hide = () => {
    if (!marker) return;
    marker.title = marker.dataset.title;
    marker.removeAttribute('aria-describedby');
    marker = null;
    tip.hidden = true;
  };
  const point = (event) => {
    const found = event.target.closest && event.target.closest('a.cite');
    if (found === marker) return;
    hide();
    const source = found && document.getElementById(found.hash.slice(1));
    if (!source) return;
    marker = found;
    marker.dataset.title = marker.title;
    marker.removeAttribute('title');  // the browser would show it besides
    marker.setAttribute('aria-describedby', 'tip');
    tip.textContent = source.textContent;
    tip.hidden = false;
    const at = marker.getBoundingClientRect(), size = tip.getBoundingClientRect();
    tip.style.left = Math.max(8, Math.min(at.left, innerWidth - size.width - 8)) + 'px';
    tip.style.top = (at.top > size.height + 12 ? at.top - size.height - 6 : at.bottom + 6) + 'px';
  };
  document.addEventListener('mouseover', point);
  document.addEventListener('focusin', point);
  document.addEventListener('scroll', hide, true);
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape') hide(); });

  let folded = [];
  addEventListener('beforeprint', () => {
    folded = [...document.querySelectorAll('#panel details:not([open])')];
    folded.forEach((fold) => { fold.open = true; });
  });
  addEventListener('afterprint', () => folded.forEach((fold) => { fold.open = false; }));
}"""
