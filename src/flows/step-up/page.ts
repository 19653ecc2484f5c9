/**
 * The step-up page: the same for everybody, with nothing of a request in it. The link's token is the
 * part after `#`, which browsers do not send; the script posts it. What comes back is drawn as text.
 */
import { createHash } from 'node:crypto';

const script = `
const $ = (id) => document.getElementById(id);
const base = location.pathname.replace(/\\/+$/, '');
const kept = 'cordon.step-up';
const back = new URLSearchParams(location.search);
const returns = back.has('state');
const token = returns ? sessionStorage.getItem(kept) ?? '' : location.hash.slice(1);
if (returns) history.replaceState(null, '', base);
const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\\+/g, '-').replace(/\\//g, '_').replace(/=+$/, '');
const show = (title, lines) => {
  $('title').textContent = title;
  $('lines').replaceChildren(...lines.map((line) => {
    const item = document.createElement('p');
    item.textContent = line;
    return item;
  }));
};
const post = async (call, body) => {
  const response = await fetch(base + '/' + call, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, ...body }),
  });
  return response.json();
};
const refuse = ({ because, needed }) => {
  $('go').hidden = true;
  $('sign-in').hidden = true;
  show('Not done', [because, needed]);
};
const ids = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));
const enrol = async (options) => {
  const made = await navigator.credentials.create({ publicKey: {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: ids(options.excludeCredentials),
  } });
  return {
    id: made.id, rawId: made.id, type: made.type, clientExtensionResults: {},
    response: {
      clientDataJSON: text(made.response.clientDataJSON),
      attestationObject: text(made.response.attestationObject),
      transports: made.response.getTransports ? made.response.getTransports() : [],
    },
  };
};
const confirm = async (options) => {
  const made = await navigator.credentials.get({ publicKey: {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: ids(options.allowCredentials),
  } });
  return {
    id: made.id,
    response: {
      clientDataJSON: text(made.response.clientDataJSON),
      authenticatorData: text(made.response.authenticatorData),
      signature: text(made.response.signature),
    },
  };
};
const lost = { because: 'The page did not get an answer.', needed: 'Open the link again.' };
const end = (told) => {
  if (told.kind === 'refused') return refuse(told);
  $('go').hidden = true;
  $('sign-in').hidden = true;
  show(told.title, told.lines);
};
const comeBack = async () => {
  sessionStorage.removeItem(kept);
  if (!token || !back.has('code')) return refuse({
    because: 'The sign-in was not finished, or was begun in another window.',
    needed: 'Press Approve in Slack again and use the new link.',
  });
  end(await post('finish', { answer: { code: back.get('code'), state: back.get('state') } }));
};
const start = async () => {
  if (returns) return comeBack();
  const asked = await post('begin', {});
  if (asked.kind === 'refused') return refuse(asked);
  show(asked.title, asked.lines);
  const go = $('go');
  go.textContent = asked.kind === 'enrol' ? 'Add a passkey' : 'Approve with my passkey';
  go.hidden = !asked.options;
  const signIn = $('sign-in');
  signIn.hidden = !asked.signIn;
  signIn.onclick = () => {
    sessionStorage.setItem(kept, token);
    location.assign(asked.signIn);
  };
  go.onclick = async () => {
    go.disabled = true;
    try {
      const answer = await (asked.kind === 'enrol' ? enrol : confirm)(asked.options);
      end(await post('finish', { answer }));
    } catch (error) {
      go.disabled = false;
      $('note').textContent = 'The browser did not use a passkey (' + error.name + '). Nothing was recorded; try again.';
    }
  };
};
start().catch(() => refuse(lost));
`;

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; display: grid; place-items: center; min-height: 100vh; }
main { max-width: 34rem; padding: 1.5rem; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; }
button { font: inherit; padding: .7rem 1.2rem; border: 0; border-radius: .4rem; background: #1264a3; color: #fff; cursor: pointer; }
button:focus-visible { outline: 3px solid #1d9bd1; outline-offset: 2px; }
button:disabled { opacity: .6; }
`;

const hashOf = (content: string): string =>
  `'sha256-${createHash('sha256').update(content).digest('base64')}'`;

export const pageHtml = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Cordon: confirm</title>
<style>${style}</style>
</head>
<body>
<main>
<h1 id="title" aria-live="polite">One moment</h1>
<div id="lines" aria-live="polite"></div>
<p><button id="go" type="button" hidden></button> <button id="sign-in" type="button" hidden>Approve by signing in anew</button></p>
<p id="note" role="status"></p>
<noscript><p>This page needs JavaScript: a passkey is asked for by script.</p></noscript>
</main>
<script>${script}</script>
</body>
</html>
`;

/** Nothing but this script and style runs, nobody may frame it, and its address is told to nobody. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
  'permissions-policy': 'publickey-credentials-get=(self), publickey-credentials-create=(self)',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
