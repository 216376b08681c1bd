"""How the source panel, the phone's sheet, the answer's own controls and a printed page look."""

from __future__ import annotations

from typing import Final

# Gradio puts a selector of its own before every rule inside @media: none of those may begin above <main class="contain">.
SIDE_STYLE: Final = """
#skip { position: absolute; padding: 0; border: 0; background: transparent; overflow: visible; z-index: 60; }
.skip { position: absolute; left: -9999px; white-space: nowrap; padding: 8px 14px; border-radius: 8px; background: var(--accent); color: var(--on-accent) !important; }
.skip:focus { left: 8px; top: 8px; }
#side { flex: 1 1 auto; min-height: 0; display: flex; flex-direction: column; gap: 0; border: 1px solid var(--line); border-radius: 10px; background: var(--sheet); overflow: hidden; }
#side .tab-wrapper { margin: 0; padding: 0 10px; height: auto; border-bottom: 1px solid var(--line); flex: none; }
#side .tab-container { height: auto; }
#side .tab-container::after { display: none; }
#side [role=tab] { color: var(--soft); font-size: .92rem; font-weight: 500; padding: 11px 12px; border-radius: 0; background: transparent; }
#side [role=tab][aria-selected=true] { color: var(--ink); font-weight: 700; box-shadow: inset 0 -3px var(--accent); }
#side [role=tab]::after { display: none; }
#side [role=tab]:focus-visible { outline-offset: -3px; }
#side .tabitem { border: 0; padding: 0; background: transparent; flex: 1 1 auto; min-height: 0; }
#side .tabitem { overflow: hidden; display: flex; flex-direction: column; }
#side .tabitem > .column { gap: 0; flex: 1 1 0; flex-wrap: nowrap; min-height: 0; }
#side #panel, #searched, #text { border: 0; border-radius: 0; background: transparent; padding: 14px 16px; overflow-y: auto !important; flex: 1 1 0; min-height: 0; margin: 0; }
#searched .html-container, #text .html-container, #find .html-container, #skip .html-container { padding: 0; }
#searched h2 { font: 700 1.05rem/1.4 var(--serif); margin: 0 0 10px; color: var(--ink); }
#searched .empty, #text .empty { color: var(--soft); margin: 0; }
#text-document { padding: 10px 16px 0; border: 0; background: transparent; flex: none; overflow: visible; }
#find { padding: 10px 16px; border: 0; border-bottom: 1px solid var(--line); border-radius: 0; background: transparent; flex: none; overflow: visible; }
.find { display: flex; gap: 6px; align-items: center; }
.find input { flex: 1 1 auto; min-width: 0; padding: 6px 10px; border: 1px solid var(--soft); border-radius: 8px; background: var(--paper); color: var(--ink); font-size: .92rem; }
.find input::placeholder { color: var(--soft); opacity: 1; }
.find input:focus { outline: 2px solid var(--accent); outline-offset: 0; box-shadow: none; }
.find output { min-width: 3.2em; white-space: nowrap; text-align: center; font-size: .84rem; color: var(--soft); font-variant-numeric: tabular-nums; }
.find button { margin: 0; padding: 0; line-height: 1; width: 32px; height: 32px; flex: none; border: 1px solid var(--line); border-radius: 8px; background: var(--sheet); color: var(--ink); }
.find button:disabled { opacity: .45; }
::highlight(found) { background: var(--hint); text-decoration: underline; }
::highlight(found-now) { background: var(--accent); color: var(--on-accent); }
#text .text > * { content-visibility: auto; contain-intrinsic-size: auto 4em; overflow-wrap: anywhere; }
#text .text p { position: relative; margin: 0 0 .7em; padding-left: 2.6em; font: 400 .98rem/1.85 var(--serif); color: var(--ink); }
#text .text p[data-number]::before { content: attr(data-number); position: absolute; left: 0; width: 2em; text-align: right; color: var(--soft); font: .78rem/2.3 var(--font); font-variant-numeric: tabular-nums; }
#text .text p.question { color: var(--soft); }
#text .text p.notice { color: var(--soft); font-size: .86rem; }
#text .text p.table { white-space: pre-wrap; font-family: var(--font-mono); font-size: .82rem; }
#text .speaker { font-weight: 700; color: var(--ink); }
#text .text h3 { font: 700 1.15rem/1.45 var(--serif); color: var(--ink); margin: .2em 0 .6em; }
#text .text h4 { font: 700 1.02rem/1.5 var(--serif); color: var(--ink); margin: 1.2em 0 .5em; }
#text mark { background: var(--mark); color: var(--ink); border-bottom: 2px solid var(--mark-line); }
#text mark[data-numbers]::after { content: attr(data-numbers); font: 600 .78em var(--font); color: var(--ink); margin-left: 2px; }
#text mark.current { outline: 2px solid var(--mark-line); outline-offset: 1px; border-bottom-width: 3px; font-weight: 600; }
.leads { display: flex; flex-wrap: wrap; align-items: center; gap: 6px; }
.leads button { margin: 0; padding: 3px 10px; border: 1px solid var(--line); border-radius: 6px; background: var(--sheet); color: var(--accent); font-size: .82rem; line-height: 1.5; }
.leads button:hover { border-color: var(--accent); }
#panel .card .leads { margin: 4px 0 8px; }
.searched { margin: 0; padding: 0 0 0 1.8em; }
#searched .searched > li { margin: 0 0 14px; padding: 0 0 10px; border-bottom: 1px solid var(--line); color: var(--soft); }
#searched p { margin: 0 0 6px; }
#searched .where { font-size: .82rem; color: var(--soft); line-height: 1.5; }
#searched .passage { font: 400 .96rem/1.75 var(--serif); color: var(--ink); display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow: hidden; overflow-wrap: anywhere; }
#searched details { font-size: .82rem; color: var(--soft); margin: 0 0 6px; }
#searched details p { color: var(--soft); font-size: .82rem; font-variant-numeric: tabular-nums; margin: 4px 0 0; }
.used { border: 1px solid var(--mark-line); border-radius: 4px; padding: 0 5px; color: var(--ink); background: var(--mark); }
#close-panel, #open-panel { display: none; }
#chat .question { position: relative; }
#chat .user-row .message, #chat .user-row .message * { overflow: visible; }
#chat .question .revise { position: absolute; right: calc(100% + 24px); bottom: 0; white-space: nowrap; font-size: .8rem; }
#chat a.revise { white-space: nowrap; color: var(--accent) !important; text-decoration: underline; text-underline-offset: 3px; font-size: .84rem; }
#chat .user-row .question .revise { opacity: 0; }
#chat .user-row:hover .question .revise, #chat .question .revise:focus-visible { opacity: 1; }
@media (hover: none) { #chat .user-row .question .revise { opacity: 1; } }
#question[data-turn] { border-color: var(--mark-line) !important; box-shadow: 0 0 0 2px var(--mark-line); }
#chat .replaced { opacity: .5; }
#chat .reply ul { list-style: none; padding: 0; margin: 0 0 .5em; }
#chat .reply ul > li { padding-left: 0; }
#chat .reply ul > li > p { font-size: 1.08rem; }
#chat .reply ul { display: grid; grid-template-columns: fit-content(45%) 1fr; column-gap: 1em; }
#chat .reply ul > li, #chat .reply ul > li > p { display: grid; grid-template-columns: subgrid; grid-column: 1 / -1; align-items: baseline; }
#chat .reply ul > li > blockquote, #chat .reply ul > li > .by { grid-column: 1 / -1; }
#chat .reply .side { color: var(--soft); }
#chat .reply .larger { margin-left: 6px; font-size: .8rem; border: 1px solid var(--accent); color: var(--accent); border-radius: 4px; padding: 0 6px; }
#chat .reply .note { font-size: .92rem; border-left: 3px solid var(--warn); padding-left: 10px; }
#chat .reply.unsure { border-left: 3px dashed var(--warn); padding-left: 12px; }
#tip { position: fixed; z-index: 80; max-width: min(30em, calc(100vw - 16px)); max-height: 40vh; overflow: hidden; padding: 8px 12px; border-radius: 8px; border: 1px solid var(--soft);
  background: var(--sheet); color: var(--ink); font: 400 .92rem/1.7 var(--serif); box-shadow: 0 4px 18px rgb(0 0 0 / .22); pointer-events: none; overflow-wrap: anywhere; }
.copy-area { position: fixed; top: 0; left: -9999px; }
@media (max-width: 768px) {
  #open-panel { display: block; width: 100%; background: var(--sheet); border: 1px solid var(--line); color: var(--accent); font-weight: 500; padding: 9px; border-radius: 8px; }
  #evidence { display: none !important; }
  #evidence.sheet { display: flex !important; position: fixed; inset: 8vh 0 0; z-index: 50; background: var(--sheet); border-radius: 14px 14px 0 0; padding: 8px 8px 0; box-shadow: 0 0 0 100vmax rgb(0 0 0 / .45); gap: 6px; }
  #evidence.sheet #close-panel { display: block; position: absolute; top: 8px; right: 14px; z-index: 1; width: auto; min-width: 0; background: transparent; border: 1px solid var(--line); color: var(--ink); border-radius: 8px; padding: 6px 14px; }
  #side { border: 0; border-radius: 0; }
  #side .tab-wrapper { padding-right: 80px; }
}
@media (prefers-reduced-motion: no-preference) { @media (max-width: 768px) { #evidence.sheet { animation: rise .18s ease-out; } } }
@keyframes rise { from { transform: translateY(30%); } }
html, body, gradio-app, .gradio-container, .gradio-container main, .gradio-container main > .column { @media print { height: auto !important; min-height: 0 !important; max-height: none !important; overflow: visible !important; background: #fff !important; } }
:root, .dark { @media print { --paper: #fff; --sheet: #fff; --ink: #000; --soft: #333; --line: #bbb; --accent: #1d4f80; --hint: #fff; --mark: #ffe9a3; --mark-line: #a86f00; --warn: #8a3b00; --warn-bg: #fff; } }
@media print {
  #desk, #talk, #chat, #chat *, #evidence, #side, #side .tabitem, #panel { height: auto !important; max-height: none !important; overflow: visible !important; }
  #chat, #chat .wrapper, #chat .bubble-wrap, #side, .card { background: #fff !important; color: #000 !important; }
  #tools, #skip, #suggestions, #following, #talk .form, #question, #status, #open-panel, #close-panel, #side .tab-wrapper, #tab-text, #tab-search, .acts, .leads, a.to-answer, a.near, .revise, .message-buttons, .icon-button-wrapper, #tip { display: none !important; }
  #desk { display: block !important; }
  #evidence, #tab-cited { display: block !important; position: static !important; }
  #chat, #side, #side #panel { border: 0 !important; padding: 0 !important; }
  #chat .message-row { margin: 0 0 10px !important; }
  .card, .reply blockquote, #chat .message-row { break-inside: avoid; }
  #panel summary { display: none; }
}
"""
