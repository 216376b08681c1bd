"""How the archive, and the row below each answer, look. A constant alone."""

from __future__ import annotations

from typing import Final

ARCHIVE_STYLE: Final = """
#archive { flex: none; width: auto; min-width: 0; padding: 0; border: 0; background: transparent; overflow: visible; }
#archive .html-container { padding: 0; }
#archive button, #archive input, #archive textarea { font: inherit; color: var(--ink); }
#archive .open-archive, #archive .forms button, #archive footer button { padding: 6px 12px; font-size: .875rem; border-radius: 8px; background: transparent; border: 1px solid var(--line); white-space: nowrap; cursor: pointer; }
#archive button:hover { border-color: var(--accent); color: var(--accent); }
#archive button:disabled { opacity: .5; cursor: default; }
#archive dialog { color: var(--ink); background: var(--sheet); border: 1px solid var(--line); padding: 16px; }
#archive dialog::backdrop { background: rgb(0 0 0 / .35); }
#archive .kept { position: fixed; inset: 0 auto 0 0; margin: 0; width: min(400px, 100vw); max-width: 100vw; height: 100dvh; max-height: none; border-width: 0 1px 0 0; }
#archive .kept .sheet { display: flex; flex-direction: column; gap: 12px; height: 100%; }
#archive .reasons { margin: auto; width: min(440px, calc(100vw - 24px)); border-radius: 12px; }
#archive header, #archive footer { display: flex; align-items: center; justify-content: space-between; gap: 10px; }
#archive footer { justify-content: flex-end; }
#archive h2, #archive legend { font: 700 1.15rem/1.4 var(--serif); color: var(--ink); margin: 0; padding: 0; }
#archive .shut { border: 0; background: transparent; padding: 6px 10px; cursor: pointer; }
#archive .private, #archive .none, #archive .meta { margin: 0; font-size: .82rem; line-height: 1.5; color: var(--soft); }
#archive .none:empty, #archive .refused:empty, #archive .said:empty { display: none; }
#archive .refused { margin: 0; font-size: .875rem; color: var(--warn); }
#archive .forms { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; font-size: .875rem; }
#archive .forms span { flex: 1 0 100%; color: var(--soft); }
#archive input[type=search], #archive input[type=text], #archive textarea, #archive input.name { width: 100%; box-sizing: border-box; padding: 8px 10px; font-size: 1rem; border: 1px solid var(--soft); border-radius: 8px; background: var(--paper); }
#archive input::placeholder { color: var(--soft); opacity: 1; }
#archive .conversations { list-style: none; margin: 0; padding: 0; overflow-y: auto; flex: 0 1 auto; min-height: 0; }
#archive .conversations li { display: flex; align-items: center; gap: 4px; margin: 0; padding: 4px; border-bottom: 1px solid var(--line); }
#archive .conversations li.current { background: var(--hint); border-radius: 8px; }
#archive .conversations .open { flex: 1 1 auto; min-width: 0; text-align: left; border: 0; background: transparent; padding: 6px; cursor: pointer; }
#archive .conversations .name { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; font-size: .95rem; }
#archive .conversations .rename, #archive .conversations .delete { flex: none; border: 0; background: transparent; padding: 8px 6px; font-size: .82rem; color: var(--soft); cursor: pointer; }
#archive .conversations .delete:hover, #archive .wipe:hover { color: var(--warn); border-color: var(--warn); }
#archive .kept footer { margin-top: auto; }
#archive input[type=radio] { appearance: auto; accent-color: var(--accent); width: auto; margin: 0 4px 0 0; }
#archive form { display: grid; gap: 12px; }
#archive fieldset { border: 0; margin: 0; padding: 0; display: grid; gap: 4px; }
#archive fieldset label { padding: 5px 2px; cursor: pointer; }
#archive form > label { display: grid; gap: 4px; font-size: .875rem; }
#archive footer .send { background: var(--accent); color: var(--on-accent); border-color: var(--accent); font-weight: 600; }
#archive footer .send:hover { color: var(--on-accent); }
#archive .said { position: fixed; left: 50%; bottom: 24px; transform: translateX(-50%); z-index: 50; margin: 0; max-width: min(90vw, 40em); padding: 10px 16px; border-radius: 8px; background: var(--ink); color: var(--paper); font-size: .9rem; }
#archive :focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
#chat .reply .acts { margin: 6px 0 0; display: flex; flex-wrap: wrap; gap: 4px 14px; font-size: .84rem; }
#chat .reply .acts a, #chat .reply .acts .voted { color: var(--soft); font-size: .84rem; padding: 3px 0; }
#chat .reply .acts a { text-decoration: underline; text-underline-offset: 3px; text-decoration-color: var(--line); }
#chat .reply .acts a:hover { color: var(--accent); }
#chat .reply .remark { border-left: 4px solid var(--warn); background: var(--warn-bg); padding: 8px 12px; font-size: .88rem; line-height: 1.55; }
"""
