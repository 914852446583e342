/**
 * Turns the page into a chat: each form is sent without a reload, and what comes back, the same HTML as ever, takes
 * the place of what stood there. What was said stays above. Whatever goes wrong, the form is sent in the plain way:
 * every form may be sent twice without harm. Nothing is kept in the browser but what the history of this tab needs to
 * come back: the conversation's id, which stands in no address.
 */
const FRAGMENT = 'text/vnd.fingerpost.fragment+html';
/** Milliseconds until the plain form has to do it; until we say that it takes a moment; until a text was heard. */
const PATIENCE = 15_000;
const SLOW = 700;
const HEARD = 1_000;
/** How many screens the Back button of the browser shows without asking the server. */
const SCREENS = 30;
/** What stands around `main`. */
const FRAME = ['.fp-top', '.fp-languages', '.fp-help', '.fp-footer', '#chat'];
/** What a form says when it is an answer, or somebody's own words; the others are ways around. */
const SAYING = ['answer', 'say', 'text', 'topics', 'so', 'confirm'];

const rules = { createHTML: (html) => html };
const policy = window.trustedTypes ? trustedTypes.createPolicy('fingerpost', rules) : rules;
const find = (selector, inside = document) => inside.querySelector(selector);
const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
const main = () => find('main');
const piece = (selector) => document.importNode(find(selector, find('#chat').content), true);
const copyOf = (node) => [...node.childNodes].map((one) => one.cloneNode(true));
const textOf = (nodes) =>
  nodes
    .map((node) => node.textContent ?? node)
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
const conversation = () => find('#leave [name=conversation]').value;

/** The request in hand. */
let pending;
/** Our place in the history of the tab, and the screens that stood at each. */
let at = history.state?.at ?? 0;
/** The place of the screen that stands there: while the server is asked for another, not yet the one where we are. */
let standing = at;
const screens = new Map();
let hasLeft = false;
let isGoing = false;
/** When the screen came, and when something on a screen was last pressed once. */
let shownAt = 0;
let pressedAt = 0;

/** The second press of a double click is meant for what stood there before, not for what came in between. */
function onClick(event) {
  if (event.detail < 2) pressedAt = event.timeStamp;
  else if (pressedAt < shownAt) event.preventDefault();
}

function onSubmit(event) {
  const { target: form, submitter } = event;
  if (form.id === 'leave') {
    setTimeout(leave);
    return;
  }
  if (form.getAttribute('action') !== '/conversation' || !submitter) return;
  // These begin anew, and the browser has to forget: that takes a page of its own.
  if (/^(erase|restart)$/.test(submitter.value)) {
    stopWaiting();
    history.replaceState({ at }, '');
    return;
  }
  const data = new URLSearchParams(new FormData(form));
  data.append(submitter.name, submitter.value);
  event.preventDefault();
  try {
    send(data, { submitter, said: saidIn(form, submitter) });
  } catch {
    sendPlainly(data);
  }
}

/**
 * @param data the form
 * @param turn `submitter`: what was pressed; `said`: what that says; `isReturn`: to where the conversation was
 */
function send(data, turn) {
  exchange(data, turn).catch(() => sendPlainly(data));
}

async function exchange(data, turn) {
  const key = String(data);
  // Pressed twice is pressed once; something else that is pressed counts instead.
  if (pending?.key === key) return;
  pending?.stop.abort();
  const mine = { key, stop: new AbortController() };
  pending = mine;
  // Only now: with it, some browsers keep no page for Back.
  addEventListener('beforeunload', onGoing);
  const late = setTimeout(() => mine.stop.abort(), PATIENCE);
  const wait = piece('.fp-wait');
  const slow = setTimeout(() => {
    (turn.submitter?.isConnected ? turn.submitter : main()).after(wait);
    announce(wait.textContent);
  }, SLOW);
  try {
    main().setAttribute('aria-busy', 'true');
    const response = await fetch('/conversation', {
      method: 'POST',
      body: data,
      headers: { Accept: FRAGMENT, 'Fingerpost-Frame': main().dataset.frame },
      redirect: 'error',
      signal: mine.stop.signal,
    });
    const type = response.headers.get('content-type') ?? '';
    if (response.status >= 500 || !type.startsWith(FRAGMENT)) throw new Error('not ours');
    const html = policy.createHTML(await response.text());
    if (pending !== mine) return;
    // Erased since: whoever goes back through the history learns nothing, not even that.
    if (turn.isReturn && response.status === 404) {
      goHome();
      return;
    }
    take(new DOMParser().parseFromString(html, 'text/html'), data, turn, response.ok);
  } catch {
    // A browser on its way to another page cuts what is in hand: it must not be called back.
    if (pending === mine && !isGoing) sendPlainly(data);
  } finally {
    clearTimeout(late);
    clearTimeout(slow);
    wait.remove();
    if (pending === mine || !pending) {
      pending = undefined;
      removeEventListener('beforeunload', onGoing);
      main().removeAttribute('aria-busy');
    }
  }
}

/** Whoever goes elsewhere does not wait for the answer any more. */
function stopWaiting() {
  const { stop } = pending ?? {};
  pending = undefined;
  stop?.abort();
}

function onGoing() {
  isGoing = true;
  // A call or a text message is no going.
  setTimeout(() => {
    isGoing = false;
  }, HEARD);
}

/** Sends what the form said without us. The form itself may be gone already. */
function sendPlainly(data) {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = '/conversation';
  form.hidden = true;
  for (const [name, value] of data) {
    const input = document.createElement('input');
    input.type = 'hidden';
    input.name = name;
    input.value = value;
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}

/** Puts what came back in the place of what stood there. */
function take(page, data, { submitter, said, isReturn }, isFine) {
  const before = main();
  const next = document.adoptNode(find('main', page));
  const danger = find('.fp-danger', next);
  const id = find('#conversation', next)?.value ?? '';
  const isLost = conversation() && id !== conversation();
  // For pages that load; here we move the focus ourselves.
  for (const one of all('[autofocus]', next)) one.removeAttribute('autofocus');
  stopReading();
  // Words that told of danger stay nowhere, nor come back with Back: somebody may be looking.
  if (said && danger) for (const field of all('textarea, input[type=text]', before)) field.value = '';
  keep(before);
  if (isReturn) showSaid(screens.get(at));
  // Erased, perhaps in another tab: then here too.
  if (isLost) {
    screens.clear();
    find('.fp-said')?.remove();
  }
  if (find('.fp-top', page)) takeFrame(page);
  document.title = page.title;
  before.replaceWith(next);
  shownAt = performance.now();
  for (const one of all('#leave [name=conversation], #here [name=conversation]')) one.value = id;

  const [verb, fact, child] = data.get('do').split(' ');
  // Nothing in an entry says which one it is.
  const order = verb === 'language' ? before.dataset.order : verb === 'entry' && data.get('do');
  if (order) next.dataset.order = order;
  if (verb === 'back') takeBack(`${fact} ${child}`);
  const shown =
    said && isFine && !danger ? remember(said, `${data.get('fact')} ${data.get('child')}`) : undefined;
  // What could not be read is the same step again, and so is the same screen in another language.
  const isStep = isFine && !isReturn && verb !== 'language';
  if (isStep) at++;
  history[isStep ? 'pushState' : 'replaceState']({ at, id }, '', next.dataset.home);
  if (isStep) for (const place of screens.keys()) if (place >= at) screens.delete(place);
  standing = at;

  announce(...heard(next, danger, isFine && (said?.answer ?? (submitter && audible(submitter)))));
  // The log has said them.
  for (const news of all('.fp-news, #error [role]', next)) news.removeAttribute('role');
  offerReading();
  go(shown);
}

function takeFrame(page) {
  const { lang, dir } = page.documentElement;
  Object.assign(document.documentElement, { lang, dir });
  const [style, its] = [document, page].map((one) => find('link[rel=stylesheet]', one));
  if (style.getAttribute('href') !== its.getAttribute('href')) style.href = its.getAttribute('href');
  for (const selector of FRAME) find(selector).replaceWith(document.adoptNode(find(selector, page)));
  find('#so-far')?.replaceWith(piece('h2'));
  showKeys();
}

/** The person pressed something, so the focus may move: to what could not be read, or to the new heading. */
function go(shown) {
  const target = find('#error') ?? find('main h1') ?? main();
  target.tabIndex = -1;
  target.focus({ preventScroll: true });
  (shown ?? main()).scrollIntoView();
  // At 400 %, or below much that is new, it may still be out of sight.
  target.scrollIntoView({ block: 'nearest' });
}

// What was said.

/** @returns the question and its answer in the words of the page; undefined where nothing is answered */
function saidIn(form, submitter) {
  const [verb, about] = submitter.value.split(' ');
  if (!SAYING.includes(verb)) return undefined;
  const question = copyOf(find('main h1 label') ?? find('main h1'));
  return { question, answer: answerIn(form, submitter, verb, about) };
}

function answerIn(form, submitter, verb, about) {
  if (verb === 'text' || verb === 'say') return [find('textarea', form).value];
  const ticked = all('input:checked', form).map((one) => copyOf(one.labels[0]));
  if (about || verb === 'so' || verb === 'confirm') return copyOf(submitter);
  if (ticked.length > 0) return ticked.flatMap((label, i) => (i === 0 ? label : [', ', ...label]));
  const typed = all('input[type=text]', form).map(({ value }) => value.trim());
  return [dateIn(form, typed) ?? typed.join(' '), ' ', ...all('.govuk-input__suffix', form).flatMap(copyOf)];
}

/** @returns a date in the words of the page, which has one of each month as a pattern; undefined where it is none */
function dateIn(form, [day, month, year]) {
  const pattern = find('[data-dates]', form)?.dataset.dates.split('|')[month - 1];
  if (!pattern || !/^\d{1,2} \d{4}$/.test(`${day} ${year}`)) return undefined;
  return pattern.replace('11', Number(day)).replace('2345', year);
}

/** @returns the new turn above the question */
function remember({ question, answer }, fact) {
  let said = find('.fp-said');
  if (!said) {
    said = piece('.fp-said');
    find('ol', said).replaceChildren();
    main().before(said);
  }
  // After a step back with the browser another answer takes the place of the one before; the others stand.
  for (const one of all('li[hidden]', said)) {
    if (one.dataset.fact === fact) one.remove();
    else one.hidden = false;
  }
  const turn = piece('li');
  const { lang, dir } = document.documentElement;
  Object.assign(turn, { lang, dir });
  turn.dataset.fact = fact;
  find('.fp-said__us span:last-child', turn).append(...question);
  find('.fp-said__you span:last-child', turn).append(...answer);
  find('ol', said).append(turn);
  return turn;
}

/** @returns what a button says to who hears it */
function audible(button) {
  return copyOf(button).filter((one) => one.ariaHidden !== 'true');
}

function takeBack(fact) {
  all('.fp-said li')
    .findLast((one) => one.dataset.fact === fact)
    ?.remove();
}

/**
 * @param answer undefined or false where none was taken
 * @returns what is new besides the heading, which the focus says: of danger, what it asks and its first words. What
 *   could not be read has the focus itself, so the question is said too
 */
function heard(next, danger, answer) {
  if (danger) return [find('h2', danger), find('p', danger)].filter(Boolean);
  const news = all('.fp-news', next).map((one) => {
    const copy = one.cloneNode(true);
    for (const button of all('li button', copy)) button.remove();
    return copy.textContent;
  });
  const error = find('#error li', next);
  if (error) return [error, find('h1', next), ...news];
  const you = find('.fp-said__you span', find('#chat').content);
  return answer ? [you, textOf(answer), ...news] : news;
}

/** Says a text to who does not see the page, once. */
function announce(...texts) {
  if (texts.length === 0) return;
  const line = document.createElement('p');
  line.textContent = textOf(texts);
  find('#log').append(line);
  setTimeout(() => line.remove(), HEARD);
}

// Back and forward, with the browser.

function keep(screen) {
  const said = all('.fp-said li:not([hidden])').length;
  const { title, documentElement } = document;
  screens.set(standing, { screen, said, title, lang: documentElement.lang, order: orderOf(screen) });
  screens.delete(standing - SCREENS);
}

/** Shows only what was said until that screen. */
function showSaid(screen) {
  for (const [i, turn] of all('.fp-said li').entries()) turn.hidden = i >= screen?.said;
}

/** @returns what shows this screen again, whatever its language; undefined where nothing does, as with danger */
function orderOf(screen) {
  const [fact, child] = all('[name=fact], [name=child]', screen);
  if (fact) return `ask ${fact.value} ${child.value}`;
  // The menu leads to all but itself. The first page has none.
  const here = ['topics', 'found', 'answers'].find((one) => !find(`.fp-menu [value="show ${one}"]`, screen));
  return screen.dataset.order ?? (here && `show ${here}`);
}

function onStep({ state }) {
  // A link within the page (to what could not be read, to the main part) is a step in the history too.
  if (!state) history.replaceState({ at, id: conversation() }, '');
  if (!state || state.at === at) return;
  stopWaiting();
  stopReading();
  keep(main());
  at = state.at;
  const known = screens.get(at);
  if (known?.lang !== document.documentElement.lang) {
    // On the first page there was no conversation yet; now there is.
    resume(state.id || conversation(), known?.order ?? (state.id ? 'here' : 'show topics'));
    return;
  }
  standing = at;
  showSaid(known);
  main().replaceWith(known.screen);
  shownAt = performance.now();
  known.screen.removeAttribute('aria-busy');
  document.title = known.title;
  for (const one of all('[name=conversation]', known.screen)) one.value ||= conversation();
  offerReading();
  go();
}

/** Shows where the conversation is, or an earlier screen of it. */
function resume(id, order = 'here') {
  if (!id) {
    goHome();
    return;
  }
  const fields = all('#leave input[type=hidden]').map(({ name, value }) => [name, value]);
  const data = new URLSearchParams({ ...Object.fromEntries(fields), conversation: id });
  data.append('lang', document.documentElement.lang);
  data.append('do', order);
  send(data, { isReturn: true });
}

function goHome() {
  // The start page that comes must not look for a conversation again.
  history.replaceState(null, '');
  location.replace(main().dataset.home);
}

// Away.

/** The form is on its way: nothing stays on the screen or in the memory of the tab. */
function leave() {
  hasLeft = true;
  stopWaiting();
  stopReading();
  screens.clear();
  history.replaceState(null, '');
  for (const one of all('.fp-said, .fp-help__again')) one.remove();
  main().replaceChildren();
  document.title = find('.fp-name').innerText;
}

function onShow({ persisted }) {
  if (persisted && hasLeft) goHome();
}

/** As on GOV.UK: Shift three times within five seconds, and nothing else in between. */
let shifts = [];
function onKey({ key, repeat, timeStamp }) {
  if (key === 'Escape' && host) parent.postMessage('fingerpost:close', host);
  if (repeat) return;
  shifts = key === 'Shift' ? [...shifts.filter((one) => one > timeStamp - 5_000), timeStamp] : [];
  if (shifts.length === 3) find('.fp-leave').click();
}

function showKeys() {
  find('#leave-keys').hidden = false;
  find('.fp-leave').setAttribute('aria-describedby', 'leave-hint leave-keys');
}

// In a frame: the page around it closes us. Only those whom the server allows can be around us.

let host;
function onMessage({ source, data, origin }) {
  if (source === parent && parent !== window && data === 'fingerpost:hello') host = origin;
}

// Reading aloud, with voices of the device only: others would send the text away.

let reading;

function voiceOf(lang) {
  const isOf = (voice) => voice.localService && voice.lang.split(/[-_]/)[0].toLowerCase() === lang;
  return window.speechSynthesis?.getVoices().find(isOf);
}

function offerReading() {
  for (const one of all('.fp-read')) if (one !== reading) one.remove();
  for (const message of [main(), ...all('.fp-said__us')]) {
    if (!voiceOf(message.closest('[lang]').lang) || find('.fp-read', message)) continue;
    const button = piece('.fp-read');
    // It is in the language of the page; the message need not be.
    const { lang, dir } = document.documentElement;
    Object.assign(button, { lang, dir });
    button.dataset.read = button.textContent;
    button.onclick = () => (reading === button ? stopReading() : read(button, message));
    message[message === main() ? 'prepend' : 'append'](button);
  }
}

function read(button, message) {
  stopReading();
  const parts = partsOf(message).filter(({ lang }) => voiceOf(lang));
  if (parts.length === 0) return;
  reading = button;
  button.textContent = button.dataset.stop;
  for (const [i, { text, lang }] of parts.entries()) {
    const line = new SpeechSynthesisUtterance(text);
    line.voice = voiceOf(lang);
    line.lang = line.voice.lang;
    if (i === parts.length - 1) line.onend = () => reading === button && stopReading();
    speechSynthesis.speak(line);
  }
}

function stopReading() {
  if (!reading) return;
  reading.textContent = reading.dataset.read;
  reading = undefined;
  speechSynthesis.cancel();
}

/** @returns what there is to read, part by part, each with its language */
function partsOf(message) {
  const parts = [];
  const texts = document.createTreeWalker(message, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data, parentElement: around } = texts.currentNode;
    const isSilent = around.closest(
      '.fp-read, .fp-back, .fp-buttons, .fp-menu, .fp-wait, textarea, [hidden], details:not([open]) > :not(summary)',
    );
    if (isSilent || !data.trim()) continue;
    const block = around.closest('p, li, h1, h2, h3, label, dt, dd, summary, div');
    const { lang } = around.closest('[lang]');
    const last = parts.at(-1);
    if (last?.block === block && last.lang === lang) last.text += ` ${data.trim()}`;
    else parts.push({ block, lang, text: data.trim() });
  }
  return parts;
}

// Begin.

function begin() {
  document.addEventListener('submit', onSubmit);
  document.addEventListener('click', onClick, true);
  addEventListener('popstate', onStep);
  addEventListener('pageshow', onShow);
  addEventListener('keydown', onKey);
  addEventListener('message', onMessage);
  addEventListener('pagehide', stopReading);
  window.speechSynthesis?.addEventListener?.('voiceschanged', offerReading);
  showKeys();
  offerReading();
  // A reload in the middle: the address says nothing, the history of the tab does.
  if (history.state?.id && !conversation()) resume(history.state.id);
  else history.replaceState({ at, id: conversation() }, '');
}

// A browser that does not say which button was pressed is too old for this, and has the plain page.
if ('submitter' in SubmitEvent.prototype) begin();
