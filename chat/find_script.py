"""Finding in the full text, in the browser alone: the text itself is left as it is, and what is found is drawn over it."""

from __future__ import annotations

from typing import Final

FIND_SCRIPT: Final = """() => {
  const DRAWN = 1000;  // matches that are drawn; all are counted
  let matches = [], now = -1, timer = 0;
  const box = () => document.querySelector('#find input');
  const drawn = window.CSS && CSS.highlights;

  const search = (word) => {
    const found = [];
    if (word) for (const part of document.querySelectorAll('#text article > *')) {
      const text = part.textContent.toLowerCase();
      for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) found.push([part, at]);
    }
    return found;
  };
  const range = ([part, at], length) => {
    const made = document.createRange(), walk = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    let passed = 0, begun = false;
    for (let node = walk.nextNode(); node; passed += node.length, node = walk.nextNode()) {
      if (!begun && at < passed + node.length) { made.setStart(node, at - passed); begun = true; }
      if (begun && at + length <= passed + node.length) { made.setEnd(node, at + length - passed); break; }
    }
    return made;
  };
  const show = (scroll) => {
    const word = box().value.toLowerCase(), root = box().closest('.find');
    root.querySelector('output').textContent = !word ? '' : matches.length ? (now + 1) + '/' + matches.length : root.dataset.none;
    root.querySelectorAll('button').forEach((button) => { button.disabled = !matches.length; });
    if (drawn) { CSS.highlights.delete('found'); CSS.highlights.delete('found-now'); }
    if (!matches.length) return;
    const current = range(matches[now], word.length);
    if (drawn) {
      CSS.highlights.set('found', new Highlight(...matches.slice(0, DRAWN).map((match) => range(match, word.length))));
      const over = new Highlight(current);
      over.priority = 1;
      CSS.highlights.set('found-now', over);
    } else { getSelection().removeAllRanges(); getSelection().addRange(current); }
    if (!scroll) return;
    matches[now][0].scrollIntoView({block: 'nearest'});
    const pane = document.querySelector('#text'), seen = pane.getBoundingClientRect(), there = current.getBoundingClientRect();
    pane.scrollTop += there.top - seen.top - pane.clientHeight / 2;
  };
  const begin = () => { matches = search(box().value.toLowerCase()); now = matches.length ? 0 : -1; show(true); };
  const step = (by) => {
    if (matches.length && !matches[0][0].isConnected) matches = search(box().value.toLowerCase());  // the text was made anew
    if (!matches.length) return;
    now = (now + by + matches.length) % matches.length;
    show(true);
  };
  document.addEventListener('input', (event) => {
    if (!event.target.closest('#find')) return;
    clearTimeout(timer);
    timer = setTimeout(begin, 120);
  });
  document.addEventListener('keydown', (event) => {
    if (!event.target.closest || !event.target.closest('#find input') || event.isComposing) return;
    if (event.key === 'Enter') { event.preventDefault(); step(event.shiftKey ? -1 : 1); }
    if (event.key === 'Escape') { box().value = ''; begin(); }
  });
  document.addEventListener('click', (event) => {
    const button = event.target.closest && event.target.closest('#find button');
    if (button) step(button.classList.contains('find-next') ? 1 : -1);
  });
}"""
