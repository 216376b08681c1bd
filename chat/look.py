"""How the chat page looks, and what it does in the browser. Constants alone: no logic, no gradio."""

from __future__ import annotations

from typing import Final

FONTS: Final = ("system-ui", "-apple-system", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif")
MONO: Final = ("ui-monospace", "Menlo", "Consolas", "monospace")

# Given to the load event in place of its input: ?lang=en wins over the browser's own language.
CHOOSE_LANGUAGE: Final = """(conversation, _, ...seat) => {
  const asked = new URLSearchParams(location.search).get('lang') || navigator.language || 'zh';
  const language = asked.toLowerCase().startsWith('zh') ? 'zh' : 'en';
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  return [conversation, language, ...seat];
}"""

TELL_LANGUAGE: Final = """(conversation, language, ...seat) => {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
  return [conversation, language, ...seat];
}"""

# Seen once on a busy machine: the answer had come, and the box, though told to empty, still held its question.
CLEAR_ASKED: Final = """(text) => {
  document.dispatchEvent(new Event('briefing-asked'));
  const asked = [...document.querySelectorAll('#chat .asked')].at(-1);
  return asked && asked.textContent === text ? '' : text;
}"""

STYLE: Final = """
:root { --paper: #f6f4ee; --sheet: #fffefb; --ink: #1c2126; --soft: #565d64; --line: #dcd7ca; --accent: #1d4f80;
  --on-accent: #ffffff; --hint: #e9eff5; --mark: #ffe9a3; --mark-line: #a86f00; --warn: #8a3b00; --warn-bg: #fdf0e2;
  --serif: "Songti SC", "Source Han Serif SC", "Noto Serif CJK SC", SimSun, Georgia, serif; color-scheme: light; }
.dark { --paper: #14171a; --sheet: #1c2024; --ink: #e8e5dd; --soft: #a9b0b7; --line: #363c42; --accent: #92c1ec;
  --on-accent: #10202f; --hint: #22303d; --mark: #57460c; --mark-line: #e5b93f; --warn: #f3b27c; --warn-bg: #35251a; color-scheme: dark; }
body, gradio-app { background: var(--paper) !important; }
.gradio-container { color: var(--ink); background: var(--paper) !important; max-width: 1440px !important; margin: 0 auto; overflow: clip !important; }  /* gradio's hidden would keep the box from sticking */
.gradio-container .main.fillable { padding: 0 !important; }
.gradio-container main { padding: 18px clamp(14px, 3.6vw - 4px, 32px) 8px !important; }  /* gradio loses a rule for it inside @media */
#masthead .html-container, #notice .html-container, #status .html-container, #panel .html-container { padding: 0; }
a:focus-visible, button:focus-visible, summary:focus-visible, mark:focus, .passage:focus { outline: 2px solid var(--accent) !important; outline-offset: 1px; }
#masthead h1 { font: 700 1.5rem/1.3 var(--serif); margin: 0; color: var(--ink); letter-spacing: .01em; }
#masthead { flex: 1 1 0 !important; min-width: 0 !important; }
#masthead p { margin: 4px 0 0; color: var(--soft); font-size: .875rem; }
#top { align-items: center; gap: 12px; flex-wrap: nowrap; border-bottom: 2px solid var(--ink); padding-bottom: 10px; }
#tools { margin-left: auto; flex: 0 0 auto !important; min-width: 0 !important; width: auto !important; gap: 10px; align-items: center; flex-wrap: nowrap; }
#new, #open-shelf, #archive .open-archive, #language .wrap { box-sizing: border-box; min-height: 36px; }
#new { min-width: 0; width: auto; flex: none; padding: 7px 12px; font-size: .875rem; font-weight: 400; border-radius: 8px; background: transparent; border: 1px solid var(--line); color: var(--ink); white-space: nowrap; }
#new:hover { border-color: var(--accent); color: var(--accent); }
#language { min-width: 0 !important; padding: 0; border: 0; background: transparent; width: max-content; flex: 0 0 auto !important; overflow: visible; }
#language .wrap { width: max-content; flex-wrap: nowrap; gap: 0; border: 1px solid var(--line); border-radius: 8px; overflow: hidden; }
#language label { position: relative; border: 0; border-radius: 0; background: transparent; padding: 6px 12px; box-shadow: none; color: var(--soft); }
#language label.selected { background: var(--hint); color: var(--ink); font-weight: 600; }
#language label:has(input:focus-visible) { outline: 3px solid var(--accent); outline-offset: -3px; }
#language input { position: absolute; inset: 0; opacity: 0; width: 100%; height: 100%; margin: 0; cursor: pointer; }
#language label span { margin: 0; font-size: .875rem; }
#notice p { margin: 0; padding: 8px 12px; border-left: 4px solid var(--warn); background: var(--warn-bg); color: var(--ink); font-size: .84rem; line-height: 1.55; }
#notice strong { color: var(--warn); }
#desk { gap: 20px; align-items: stretch; flex-wrap: nowrap; }
#talk { flex-wrap: nowrap; gap: 10px; flex: 1 1 58% !important; min-width: 0 !important; }
#evidence { flex-wrap: nowrap; flex: 1 1 42% !important; min-width: 0 !important; }
#chat { border: 1px solid var(--line); border-radius: 10px; background: var(--sheet); flex: 1 1 auto; min-height: 220px; }
#chat .md { opacity: 1; font-size: 1rem; color: var(--ink); }
#chat .wrapper, #chat .bubble-wrap { background: var(--sheet); border-radius: 10px; }
#chat .bubble-wrap { padding-top: 4px; }
#chat .icon-button-wrapper.top-panel { display: none; }
#chat .message-row { max-width: 100%; margin: 12px 20px; padding: 0; width: auto; }
#chat .message-row.user-row { max-width: 82%; margin-left: auto; }
#chat .message { font-size: 1rem; line-height: 1.7; color: var(--ink); max-width: 100%; }
#chat .bot.message { background: transparent; border: 0; box-shadow: none; padding: 0; width: 100%; }
#chat .user.message { background: var(--hint); border: 0; box-shadow: none; border-radius: 12px 12px 2px 12px; padding: 8px 14px; }
#chat .message-buttons { margin: 0 0 6px; }
#chat .icon-button-wrapper { background: transparent; border: 0; box-shadow: none; }
#chat .icon-button-wrapper button { width: 28px; height: 28px; color: var(--soft); }
#chat .placeholder-content { padding: 24px; }
#chat .welcome { text-align: center; color: var(--soft); }
#chat .welcome p { margin: 0 0 6px; color: var(--soft); }
#chat .welcome strong { font: 700 1.3rem/1.5 var(--serif); color: var(--ink); }
[data-testid=status-tracker].hide { visibility: hidden; }  /* its stopped clocks are else read aloud */
.asked, .reply, .card, #notice p { overflow-wrap: anywhere; }
#chat .asked { scroll-margin: 24px; white-space: pre-line; color: var(--ink); }
#chat .reply { max-width: 46em; }
#chat .reply p, #chat .reply ol, #chat .reply li, #chat .reply blockquote { margin: 0 0 .5em; color: var(--ink); font-size: 1rem; line-height: 1.7; }
#chat .reply .short { font-size: 1.14rem; line-height: 1.6; }
#chat .reply .short strong { font-weight: 700; }
#chat .reply .plain { font-size: 1.06rem; }
#chat .reply ol { list-style: none; padding: 0; counter-reset: item; }
#chat .reply ol > li { counter-increment: item; margin: 0 0 .6em; padding-left: 2em; position: relative; }
#chat .reply ol > li::before { content: counter(item) "."; position: absolute; left: 0; top: 0; width: 1.6em; text-align: right; color: var(--soft); font-variant-numeric: tabular-nums; }
#chat .reply li > p { margin-bottom: .25em; }
#chat .reply blockquote { margin: .2em 0 .5em !important; border-left: 3px solid var(--mark-line); padding: 2px 0 2px 12px; font-family: var(--serif); font-style: normal; font-size: 1rem; quotes: none; }
#chat .reply blockquote::before, #chat .reply blockquote::after { content: none; }
#chat .reply .by, #chat .reply .state, #chat .reply .understood, #chat .reply .count { font-size: .84rem; color: var(--soft); line-height: 1.55; }
#chat .reply .understood { color: var(--ink); }
#chat .reply .state { margin-bottom: 0; padding-top: 4px; }
#chat .reply .low { color: var(--warn); font-weight: 600; }
.tag { display: inline-block; border: 1px solid var(--warn); color: var(--warn); background: var(--warn-bg); border-radius: 4px; padding: 0 6px; font-size: .78rem; line-height: 1.5; white-space: nowrap; }
#chat a.cite, #chat a.near, a.to-answer { color: var(--accent) !important; text-decoration: none; }
a.cite { font-size: .82em; padding: 0 3px; margin-left: 2px; border-radius: 4px; font-weight: 600; font-variant-numeric: tabular-nums; white-space: nowrap; background: var(--hint); }
#chat a.cite:hover { background: var(--accent); color: var(--on-accent) !important; }
#chat a.near, a.to-answer { text-decoration: underline; text-underline-offset: 3px; font-size: .84rem; }
#chat .growing { white-space: pre-line; }
.growing::after { content: "▍"; color: var(--accent); animation: blink 1s steps(2) infinite; }
@keyframes blink { 50% { opacity: 0; } }
#suggestions { gap: 8px; display: grid; grid-template-columns: 1fr 1fr; flex: none; }
#suggestions .example, #following .example { min-width: 0; width: 100%; justify-content: flex-start; text-align: left; font-weight: 400; font-size: .92rem; line-height: 1.45; background: var(--sheet); color: var(--ink); border: 1px solid var(--line); border-radius: 8px; padding: 9px 12px; white-space: normal; box-shadow: none; }
#suggestions .example:hover, #following .example:hover { border-color: var(--accent); color: var(--accent); }
#talk .form { border: 0; background: transparent; box-shadow: none; overflow: visible; flex: none; }
#question { border: 1px solid var(--soft) !important; border-radius: 10px !important; background: var(--sheet); padding: 4px; }
#question:focus-within { border-color: var(--accent); box-shadow: 0 0 0 2px var(--accent); }
#question .input-container { align-items: flex-end; gap: 6px; }
#question textarea, #question textarea:focus { outline: 0; font-size: 1rem; line-height: 1.5; background: transparent; border: 0; box-shadow: none; color: var(--ink); }
#question textarea::placeholder { color: var(--soft); opacity: 1; }
#question .submit-button, #question .stop-button { width: auto; border-radius: 8px; padding: 6px 16px; font-weight: 600; background: var(--accent); color: var(--on-accent); white-space: nowrap; }
#question .stop-button { background: var(--warn); color: var(--sheet); }
#status p { margin: 0; min-height: 1.4em; font-size: .84rem; color: var(--soft); }
#status p.failed { color: var(--warn); font-weight: 600; }
#evidence { min-height: 0; }
#panel h2 { font: 700 1.05rem/1.4 var(--serif); margin: 0 0 10px; color: var(--ink); }
#panel .empty { color: var(--soft); margin: 0; }
#panel details { margin-top: 14px; border-top: 1px solid var(--line); padding-top: 10px; }
#panel summary { cursor: pointer; color: var(--soft); font-size: .9rem; margin-bottom: 10px; }
.card { border: 1px solid var(--line); border-radius: 8px; padding: 12px 14px; margin: 0 0 12px; background: var(--paper); }
#panel .card p { margin: 0 0 6px; color: var(--ink); }
#panel .card .who { font-size: .95rem; line-height: 1.5; }
#panel .card .who b { font-weight: 700; }
#panel .card .who .number { color: var(--accent); font-weight: 700; margin-right: 6px; font-variant-numeric: tabular-nums; }
#panel .card .where { font-size: .82rem; color: var(--soft); line-height: 1.5; }
#panel .card .passage { font: 400 1rem/1.85 var(--serif); color: var(--soft); white-space: normal; }
#panel .card .passage.uncited { color: var(--ink); }
.card mark { background: var(--mark); color: var(--ink); border-bottom: 2px solid var(--mark-line); padding: 1px 0; scroll-margin: 80px; }
.card mark.flash, .reply .flash, .card .flash { animation: flash 2s ease-out; }
@keyframes flash { 0%, 45% { box-shadow: 0 0 0 4px var(--mark-line); } 100% { box-shadow: 0 0 0 4px transparent; } }
#panel .card footer { display: flex; justify-content: space-between; gap: 12px; align-items: baseline; font-size: .82rem; color: var(--soft); }
#panel .card footer cite { font-style: normal; color: var(--soft); }
#panel .card footer a { white-space: nowrap; }
.nearest .card { border-style: dashed; }
@media (min-width: 769px) {
  .gradio-container main > .column { gap: 14px; }
  #desk { flex: 1 1 0; min-height: 380px; }
}
@media (max-width: 768px) {
  #top { flex-wrap: wrap; }
  #masthead { flex: 1 1 100% !important; }
  #tools { margin-left: 0; flex: 1 1 100% !important; flex-wrap: wrap; }
  #masthead p { display: none; }
  #notice p { font-size: .8rem; line-height: 1.5; padding: 8px 10px; }
  #chat { min-height: 0; }
  #masthead h1 { font-size: 1.2rem; }
  #desk { flex-direction: column; }
  #talk, #evidence { flex: none !important; width: 100% !important; }
  #suggestions { grid-template-columns: 1fr; }
  #chat { height: auto !important; max-height: none !important; }
  #chat .message-row { margin: 10px 14px; }
  #talk .form { position: sticky; bottom: 8px; z-index: 5; }
}
@media (prefers-reduced-motion: reduce) { .growing::after, .flash { animation: none !important; } mark.flash { outline: 3px solid var(--mark-line); } }
"""

FOLLOWING_STYLE: Final = """
#following { gap: 6px; display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); flex: none; }
#following-title { grid-column: 1 / -1; min-height: 0; }
#following-title .html-container { padding: 0; }
#following h2 { margin: 0; font-size: .84rem; font-weight: 400; line-height: 1.4; color: var(--soft); }
@media (max-width: 768px) { #following { grid-template-columns: 1fr; } }
"""
