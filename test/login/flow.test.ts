import { expect, it } from 'vitest'
import type { Place } from '../../src/local/identity/place.ts'
import { flowFor, type OwnWishes } from '../../src/login/flow.ts'

const desktop: Place = { platform: 'linux', display: true }
const none: OwnWishes = { deviceCode: false, noBrowser: false, useBrowser: false }

it.each<[string, Partial<OwnWishes>, boolean, Place, Record<string, string>, string]>([
  ['a desktop', {}, false, desktop, {}, 'browser, opened'],
  ['a desktop, without opening', { noBrowser: true }, false, desktop, {}, 'browser'],
  ['a desktop, by code', { deviceCode: true }, false, desktop, {}, 'code, opened'],
  ['a desktop, by code without opening', { deviceCode: true, noBrowser: true }, false, desktop, {}, 'code'],
  ['the older form', { useBrowser: true }, true, desktop, {}, 'code, opened'],
  ['a console', {}, false, { ...desktop, display: false }, {}, 'code: no display was found'],
  ['a console with a browser for it', {}, false, { ...desktop, display: false }, { BROWSER: 'w3m' }, 'browser, opened'],
  ['SSH', {}, false, { ...desktop, remote: 'ssh' }, {}, 'code: this is an SSH session'],
  [
    'SSH from an editor that opens pages',
    {},
    false,
    { ...desktop, remote: 'ssh' },
    { BROWSER: 'x' },
    'code, opened: this is an SSH session',
  ],
  [
    'SSH, with a port that is forwarded',
    { useBrowser: true, noBrowser: true },
    false,
    { ...desktop, remote: 'ssh' },
    {},
    'browser',
  ],
  [
    'WSL',
    {},
    false,
    { ...desktop, remote: 'wsl' },
    {},
    'code, opened: this is WSL, where a Windows browser may not be able to return to this machine',
  ],
  ['WSL, in the browser', { useBrowser: true }, false, { ...desktop, remote: 'wsl' }, {}, 'browser, opened'],
  [
    'a container',
    {},
    false,
    { platform: 'linux', display: false, remote: 'container' },
    {},
    'code: this is a container',
  ],
  [
    'CloudShell',
    {},
    false,
    { platform: 'linux', display: false, remote: 'cloudshell' },
    {},
    'code: this is CloudShell',
  ],
])('signs in on %s', (_what, wishes, legacy, place, env, expected) => {
  const { by, opens, because } = flowFor({ ...none, ...wishes }, { legacy }, place, env)
  expect(`${by}${opens ? ', opened' : ''}${because ? `: ${because}` : ''}`).toBe(expected)
})
