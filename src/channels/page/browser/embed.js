/**
 * Puts a button on somebody else's page that opens the chat in a frame:
 * <script src="https://.../embed.js" data-council="E06000023" data-language="cy" async></script>
 * Without a frame, or with the middle button of a mouse, the button is a link to the page. It asks for nothing until
 * it is pressed, keeps nothing, and has its looks in a shadow tree, so that neither page's style meets the other's.
 */
(() => {
  const { area, languages, colours } = { words: 'here' };
  const script = document.currentScript;
  const { council = area, language = document.documentElement.lang.slice(0, 2).toLowerCase() } =
    script.dataset;
  const code = languages[language] ? language : 'en';
  const [title, closeText, ownPage, isRtl] = languages[code];
  const [main, dark] = colours[council] || ['#14564a', '#0c3a32'];
  const { origin } = new URL(script.src);
  const address = `${origin}/?lang=${code}&council=${encodeURIComponent(council)}`;

  const make = (name, attributes, ...inside) => {
    const one = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
    one.append(...inside);
    return one;
  };
  const looks = `
:host{all:initial;position:fixed;inset-block-end:1rem;inset-inline-end:1rem;z-index:2147483000;font:1rem/1.4 system-ui,sans-serif}
:host([dir]){direction:${isRtl ? 'rtl' : 'ltr'}}
a,button{box-sizing:border-box;min-height:2.75rem;min-width:2.75rem;padding:.5rem .75rem;border:2px solid transparent;border-radius:8px;background:${main};color:#fff;font:inherit;font-weight:700;cursor:pointer}
.open{display:flex;align-items:center;max-width:20rem;padding:.5rem 1rem;text-decoration:none;border-color:#fff;box-shadow:0 2px 8px #0006}
a:hover,button:hover{background:${dark}}
:focus-visible{outline:3px solid #000;box-shadow:0 0 0 6px #fd0}
iframe:focus-visible{outline-offset:-3px}
div{position:fixed;inset-block-end:1rem;inset-inline-end:1rem;width:min(26rem,100vw - 2rem);height:min(44rem,100vh - 2rem);display:flex;flex-direction:column;background:#fbf6ec;border:2px solid ${dark};border-radius:12px;overflow:hidden;box-shadow:0 4px 24px #0006}
p{display:flex;flex-wrap:wrap;justify-content:space-between;margin:0;background:${main}}
p>*{background:none;border-color:#fff0}p a{font-weight:400}p button{border-color:#fff;margin:4px;padding-block:.125rem}
iframe{flex:1;width:100%;min-height:0;border:0}
[hidden]{display:none!important}
@media(max-width:40em),(max-height:30em){div{inset:0;width:auto;height:auto;border:0;border-radius:0}}
@media(forced-colors:active){a,button,div{border:2px solid}}
@media print{:host{display:none}}`;

  const opener = make('a', { class: 'open', href: address, role: 'button', 'aria-expanded': 'false' }, title);
  const closer = make('button', { type: 'button' }, closeText);
  const link = make('a', { href: address, target: '_blank', rel: 'noopener' }, ownPage);
  const panel = make('div', { role: 'dialog', 'aria-label': title, hidden: '' }, make('p', {}, closer, link));
  let frame;

  const show = (open) => {
    if (open && !frame) {
      frame = make('iframe', { src: `${address}&framed`, title });
      // Who we are: the frame answers Escape to this very origin.
      frame.onload = () => frame.contentWindow.postMessage('fingerpost:hello', origin);
      panel.append(frame);
    }
    panel.hidden = !open;
    opener.hidden = open;
    opener.setAttribute('aria-expanded', open);
    (open ? frame : opener).focus();
  };
  opener.onclick = (event) => {
    // With these a link opens where they say.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    show(true);
  };
  opener.onkeydown = (event) => {
    if (event.key !== ' ') return;
    event.preventDefault();
    show(true);
  };
  closer.onclick = () => show(false);
  // From anywhere: what has the focus may lie behind the panel.
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !panel.hidden) show(false);
  });
  addEventListener('message', (event) => {
    const isOurs = event.origin === origin && frame && event.source === frame.contentWindow;
    if (isOurs && event.data === 'fingerpost:close' && !panel.hidden) show(false);
  });

  const put = () => {
    const host = make('aside', { 'aria-label': title, lang: code, dir: isRtl ? 'rtl' : 'ltr' });
    const shadow = host.attachShadow({ mode: 'open' });
    // No style element: a strict security policy of the page would refuse it.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(looks);
    shadow.adoptedStyleSheets = [sheet];
    shadow.append(opener, panel);
    document.body.append(host);
  };
  if (document.body) put();
  else addEventListener('DOMContentLoaded', put);
})();
