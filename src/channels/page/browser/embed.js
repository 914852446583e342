/**
 * Puts a button on somebody else's page that opens the chat in a frame:
 * <script src="https://.../embed.js" data-council="E06000023" data-language="cy" async></script>
 * Without a frame, or with the middle button of a mouse, the button is a link to the page. It asks for nothing until
 * it is pressed, keeps nothing, and has its looks in a shadow tree, so that neither page's style meets the other's.
 */
(() => {
  const { area, languages, colours } = { words: 'here' };
  const script = document.currentScript;
  const { council = area, language = document.documentElement.lang } = script.dataset;
  const asked = language.slice(0, 2).toLowerCase();
  const code = languages[asked] ? asked : 'en';
  const [title, closeText, ownPage, isRtl] = languages[code];
  // Only these may frame it; for others the button is a plain link.
  const its = Object.hasOwn(colours, council) && colours[council];
  const [main = '#14564a', dark = '#0c3a32'] = its || [];
  const { origin } = new URL(script.src);
  const address = `${origin}/?lang=${code}&council=${encodeURIComponent(council)}`;

  const make = (name, attributes, ...inside) => {
    const one = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
    one.append(...inside);
    return one;
  };
  // There it covers the page, and the focus must not go behind it.
  const small = '(max-width:40em),(max-height:30em)';
  const looks = `
:host{all:initial;position:fixed;inset-block-end:1rem;inset-inline-end:1rem;z-index:2147483000;font:1rem/1.4 system-ui,sans-serif}
:host([dir]){direction:${isRtl ? 'rtl' : 'ltr'}}
a,button{box-sizing:border-box;min-height:2.75rem;min-width:2.75rem;padding:.5rem .75rem;border:2px solid transparent;border-radius:8px;background:${main};color:#fff;font:inherit;font-weight:700;cursor:pointer}
.open{display:flex;align-items:center;max-width:20rem;padding:.5rem 1rem;text-decoration:none;border-color:#fff;box-shadow:0 2px 8px #0006}
a:hover,button:hover{background:${dark}}
:focus-visible{outline:3px solid #000;box-shadow:0 0 0 6px #fd0}
iframe:focus-visible{outline-offset:-3px}
dialog{box-sizing:border-box;position:fixed;inset-block:auto 1rem;inset-inline:auto 1rem;margin:0;padding:0;max-width:none;max-height:none;width:min(26rem,100vw - 2rem);height:min(44rem,100vh - 2rem);flex-direction:column;background:#fbf6ec;border:2px solid ${dark};border-radius:12px;overflow:hidden;box-shadow:0 4px 24px #0006}
dialog[open]{display:flex}
p{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;margin:0;background:${main}}
p>*{background:none;border-color:#fff0}p a{display:flex;align-items:center;font-weight:400}p button{border-color:#fff;margin:4px;padding-block:.125rem}
iframe{flex:1;width:100%;min-height:0;border:0}
[hidden],dialog:not([open]){display:none!important}
@media${small}{dialog{inset:0;width:auto;height:auto;border:0;border-radius:0}}
@media(forced-colors:active){a,button,dialog{border:2px solid}}
@media print{:host{display:none}}`;

  const asButton = its && { role: 'button', 'aria-expanded': 'false' };
  const opener = make('a', { class: 'open', href: address, ...asButton }, title);
  const closer = make('button', { type: 'button' }, closeText);
  const link = make('a', { href: address, target: '_blank', rel: 'noopener' }, ownPage);
  const panel = make('dialog', { 'aria-label': title }, make('p', {}, closer, link));
  let frame;

  const show = (open) => {
    if (open && !frame) {
      frame = make('iframe', { src: `${address}&framed`, title });
      // Who we are: the frame answers Escape to this very origin.
      frame.onload = () => frame.contentWindow.postMessage('fingerpost:hello', origin);
      panel.append(frame);
    }
    if (!open) panel.close();
    else if (matchMedia(small).matches) panel.showModal();
    else panel.show();
    opener.hidden = open;
    opener.setAttribute('aria-expanded', open);
    (open ? frame : opener).focus();
  };
  opener.onclick = (event) => {
    // With these a link opens where they say; and an old browser has no dialogs.
    if (!its || event.ctrlKey || event.metaKey || event.shiftKey || !panel.show) return;
    event.preventDefault();
    show(true);
  };
  opener.onkeydown = (event) => {
    if (!its || event.key !== ' ') return;
    event.preventDefault();
    opener.click();
  };
  closer.onclick = () => show(false);
  // With a phone's own way back, too.
  panel.onclose = () => {
    if (!panel.open && opener.hidden) show(false);
  };
  // From anywhere: what has the focus may lie behind the panel.
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && panel.open) show(false);
  });
  addEventListener('message', (event) => {
    const isOurs = event.origin === origin && frame && event.source === frame.contentWindow;
    if (isOurs && event.data === 'fingerpost:close' && panel.open) show(false);
  });

  const put = () => {
    // Two lines on a page would lie upon each other.
    if (document.querySelector('aside#fingerpost')) return;
    const host = make('aside', {
      id: 'fingerpost',
      'aria-label': title,
      lang: code,
      dir: isRtl ? 'rtl' : 'ltr',
    });
    const shadow = host.attachShadow({ mode: 'open' });
    try {
      // No style element: a strict security policy of the page would refuse it.
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(looks);
      shadow.adoptedStyleSheets = [sheet];
    } catch {
      // Old phones know nothing else.
      shadow.append(make('style', {}, looks));
    }
    shadow.append(opener, panel);
    document.body.append(host);
  };
  if (document.body) put();
  else addEventListener('DOMContentLoaded', put);
})();
