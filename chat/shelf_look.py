"""How the shelf, and the row below each answer, look. A constant alone."""

from __future__ import annotations

from typing import Final

SHELF_STYLE: Final = """
#shelf { flex: none; width: auto; min-width: 0; padding: 0; border: 0; background: transparent; overflow: visible; }
#shelf .html-container { padding: 0; }
#shelf button, #shelf input, #shelf textarea { font: inherit; color: var(--ink); }
#shelf .open-shelf, #shelf .forms button, #shelf footer button { padding: 6px 12px; font-size: .875rem; border-radius: 8px; background: transparent; border: 1px solid var(--line); white-space: nowrap; cursor: pointer; }
#shelf button:hover { border-color: var(--accent); color: var(--accent); }
#shelf button:disabled { opacity: .5; cursor: default; }
#shelf dialog { color: var(--ink); background: var(--sheet); border: 1px solid var(--line); padding: 16px; }
#shelf dialog::backdrop { background: rgb(0 0 0 / .35); }
#shelf .kept { position: fixed; inset: 0 auto 0 0; margin: 0; width: min(400px, 100vw); max-width: 100vw; height: 100dvh; max-height: none; border-width: 0 1px 0 0; }
#shelf .kept .sheet { display: flex; flex-direction: column; gap: 12px; height: 100%; }
#shelf .reasons { margin: auto; width: min(440px, calc(100vw - 24px)); border-radius: 12px; }
#shelf header, #shelf footer { display: flex; align-items: center; justify-content: space-between; gap: 10px; }
#shelf footer { justify-content: flex-end; }
#shelf h2, #shelf legend { font: 700 1.15rem/1.4 var(--serif); color: var(--ink); margin: 0; padding: 0; }
#shelf .shut { border: 0; background: transparent; padding: 6px 10px; cursor: pointer; }
#shelf .private, #shelf .none, #shelf .meta { margin: 0; font-size: .82rem; line-height: 1.5; color: var(--soft); }
#shelf .none:empty, #shelf .refused:empty, #shelf .said:empty { display: none; }
#shelf .refused { margin: 0; font-size: .875rem; color: var(--warn); }
#shelf .forms { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; font-size: .875rem; }
#shelf .forms span { flex: 1 0 100%; color: var(--soft); }
#shelf input[type=search], #shelf input[type=text], #shelf textarea, #shelf input.name { width: 100%; box-sizing: border-box; padding: 8px 10px; font-size: 1rem; border: 1px solid var(--soft); border-radius: 8px; background: var(--paper); }
#shelf .conversations { list-style: none; margin: 0; padding: 0; overflow-y: auto; flex: 0 1 auto; min-height: 0; }
#shelf .conversations li { display: flex; align-items: center; gap: 4px; margin: 0; padding: 4px; border-bottom: 1px solid var(--line); }
#shelf .conversations li.current { background: var(--hint); border-radius: 8px; }
#shelf .conversations .open { flex: 1 1 auto; min-width: 0; text-align: left; border: 0; background: transparent; padding: 6px; cursor: pointer; }
#shelf .conversations .name { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-size: .95rem; }
#shelf .conversations .rename, #shelf .conversations .delete { flex: none; border: 0; background: transparent; padding: 8px 6px; font-size: .82rem; color: var(--soft); cursor: pointer; }
#shelf .conversations .delete:hover, #shelf .wipe:hover { color: var(--warn); border-color: var(--warn); }
#shelf .kept footer { margin-top: auto; }
#shelf form { display: grid; gap: 12px; }
#shelf fieldset { border: 0; margin: 0; padding: 0; display: grid; gap: 4px; }
#shelf fieldset label { padding: 5px 2px; cursor: pointer; }
#shelf form > label { display: grid; gap: 4px; font-size: .875rem; }
#shelf footer .send { background: var(--accent); color: var(--on-accent); border-color: var(--accent); font-weight: 600; }
#shelf footer .send:hover { color: var(--on-accent); }
#shelf .said { position: fixed; left: 50%; bottom: 24px; transform: translateX(-50%); z-index: 50; margin: 0; max-width: min(90vw, 40em); padding: 10px 16px; border-radius: 8px; background: var(--ink); color: var(--paper); font-size: .9rem; }
#shelf :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
#chat .reply .acts { margin: 6px 0 0; display: flex; flex-wrap: wrap; gap: 4px 14px; font-size: .84rem; }
#chat .reply .acts a, #chat .reply .acts .voted { color: var(--soft); font-size: .84rem; padding: 3px 0; }
#chat .reply .acts a { text-decoration: underline; text-underline-offset: 3px; text-decoration-color: var(--line); }
#chat .reply .acts a:hover { color: var(--accent); }
#chat .reply .remark { border-left: 4px solid var(--warn); background: var(--warn-bg); padding: 8px 12px; font-size: .88rem; line-height: 1.55; }
"""
