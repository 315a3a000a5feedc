import { fileURLToPath } from 'node:url'
import type { Variables } from '../../e2e/support/binary.ts'
import type { Scene } from './scene.ts'
import { type Texts, tame as t } from './slots.ts'

/** A command at a terminal, and what a person answers. */
export interface Session {
  readonly name: string
  readonly words: (texts: Texts) => readonly string[]
  /** Keys to press once a text is there. */
  readonly answers: (texts: Texts) => readonly (readonly [string, string])[]
  /** What is to be seen with plain names, so that it is known that it was asked. */
  readonly shows: RegExp
  readonly prepare?: (scene: Scene, texts: Texts) => Promise<void> | void
  readonly env?: (scene: Scene, texts: Texts) => Variables
}

const all = ['apply', '--max-deletes', '99', '--allow-programs']
const enter = '\r'
const clear = '\u0015'
/** With it a user takes several lines in a manifest, however short the name is. */
const longAddress = `${'taro.'.repeat(12)}yamada@example.com`
const nobody = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined }
const browser = fileURLToPath(new URL('../../../login/support/browser.mjs', import.meta.url))

/** Opens pages by a browser that answers by itself. */
const answering = (answer: 'allow' | 'deny' | 'error', { userKept, refusal }: Texts) => ({
  ...{
    ...nobody,
    BROWSER: `'${process.execPath}' '${browser}' %s`,
    BROWSER_ANSWER: answer,
    BROWSER_USER: userKept,
    BROWSER_WORDS: refusal.replace(/[\0\p{Cs}]/gu, ''),
  },
})

/** Sessions in which something is asked, or told in a line that does not stay. */
export const sessions: readonly Session[] = [
  {
    name: 'apply, which asks, tells what runs, and asks which manual steps are done',
    words: () => [...all, '--verbose'],
    answers: () => [
      ['Only "yes" continues', `yes${enter}`],
      ['Which of these are done', ` ${enter}`],
      ['Only "yes" writes', `no${enter}`],
    ],
    shows: /Only "yes" continues[\s\S]*Which of these are done[\s\S]*recorded in sso\.yaml/,
  },
  {
    name: 'apply, which is declined',
    words: () => all,
    answers: () => [['Only "yes" continues', `no${enter}`]],
    shows: /not confirmed/,
  },
  {
    name: 'revoke, which asks',
    words: ({ userKept }) => ['revoke', userKept],
    answers: () => [['Only "yes" continues', `yes${enter}`]],
    shows: /Only "yes" continues/,
  },
  {
    name: 'adopt, which asks about one difference after the other',
    words: () => ['adopt'],
    answers: () => [
      ['(1/', `l${enter}`],
      ['(2/', `l${enter}`],
      ['(3/', `s${enter}`],
    ],
    shows: /\(3\/[\s\S]*Nothing chosen/,
  },
  {
    name: 'init, which asks; the names of this machine are in what is wrong with an answer',
    words: () => ['init', '-f', 'new.yaml', '--dry-run'],
    answers: ({ userNew, profileKept }) => [
      ['Region of IAM', `${clear}eu-west-1${enter}`],
      ['given name', `Taro${enter}`],
      ['family name', `Yamada${enter}`],
      ['e-mail address', `${longAddress}${enter}`],
      ['User name', `${clear}${typed(userNew)}${enter}`],
      ['CLI profile', `${clear}${profileKept}${enter}`],
      ['choose another name', `${clear}another${enter}`],
      ['Shells that', enter],
    ],
    env: () => nobody,
    prepare: (scene) =>
      scene.settle(
        `[profile ${t.profileKept}]\nrole_arn = arn:aws:iam::111122223333:role/x\nsource_profile = default\n`,
      ),
    shows: /choose another name[\s\S]*Shells that[\s\S]*given_name: Taro/,
  },
  {
    name: 'init --portal, which asks for the Region',
    words: ({ file }) => ['init', '-f', `${file}.yaml`, '--portal', 'https://other.awsapps.com/start'],
    answers: () => [['Which Region', `eu-west-1${enter}`]],
    env: () => nobody,
    shows: /Which Region[\s\S]*Next: /,
  },
  {
    name: 'login by a browser',
    words: ({ profileKept }) => ['login', profileKept, '--use-browser'],
    answers: () => [],
    env: (_scene, texts) => answering('allow', texts),
    prepare: (scene) => scene.atPortal(),
    shows: /Open this address|open this address[\s\S]*logged in to/,
  },
  {
    name: 'login by a browser, denied',
    words: ({ profileKept }) => ['login', profileKept, '--use-browser'],
    answers: () => [],
    env: (_scene, texts) => answering('deny', texts),
    prepare: (scene) => scene.atPortal(),
    shows: /error/,
  },
  {
    name: 'login by a browser that comes back with an error',
    words: ({ profileKept }) => ['login', profileKept, '--use-browser'],
    answers: () => [],
    env: (_scene, texts) => answering('error', texts),
    prepare: (scene) => scene.atPortal(),
    shows: /error[\s\S]*zqf1qz/,
  },
  {
    name: 'login by a code',
    words: ({ profileKept }) => ['login', profileKept, '--use-device-code'],
    answers: () => [],
    env: () => nobody,
    prepare: (scene, { userKept }) => {
      scene.atPortal()
      scene.allowing(userKept)
    },
    shows: /and enter the code:[\s\S]*logged in to/,
  },
]

// A control would be a key.
function typed(name: string): string {
  return name.replace(/[\p{C}\s]/gu, '')
}
