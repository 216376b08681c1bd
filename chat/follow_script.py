"""Keeps the last question in sight with its answer below it, as answers come. A constant alone."""

from __future__ import annotations

from typing import Final

# Gradio scrolls to the end: of a long answer that hides its first line, which is the answer.
FOLLOW_SCRIPT: Final = """() => {
  const chat = document.querySelector('#chat');
  let seen = '';
  const follow = () => {
    const asked = [...chat.querySelectorAll('.asked')];
    const now = asked.length + '/' + chat.querySelectorAll('.reply .acts, .reply.foreign').length;
    if (now === seen) return;
    seen = now;
    if (asked.length) asked.at(-1).scrollIntoView({block: 'start'});
  };
  new MutationObserver(follow).observe(chat, {childList: true, subtree: true});
}"""
