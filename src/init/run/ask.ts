import type { Found } from '../../kinds/adoption.ts'
import { isTaken } from '../../kinds/shared/sign-in-here.ts'
import type { Offer, Runtime } from '../../session/runtime.ts'
import { wrapped } from '../../text/wrap.ts'
import { type Answers, type Typed, troubleWith, userNameFrom } from '../questions.ts'
import type { InitCommandOptions } from './options.ts'

/** True where a person can be asked, and did not say otherwise. */
export function canAsk({ terminal }: Runtime, { noInput, format, quiet, onlyLocal }: InitCommandOptions): boolean {
  return terminal.interactive && !noInput && format === 'text' && !quiet && !onlyLocal
}

/** Asks for what a first manifest needs; undefined when the person gave up. `region` is the one that is known already. */
export async function ask(runtime: Runtime, found: Found, region: string | undefined): Promise<Answers | undefined> {
  const question = (key: Typed, words: string, offer: Omit<Offer, 'trouble'>) => () =>
    typed(runtime, found, key, words, offer)
  const inAnswer = { region: '', givenName: '', familyName: '', email: '', user: '', profile: '' }
  const questions: readonly (readonly [Typed, () => Promise<string | undefined>])[] = [
    ['region', () => askRegion(runtime, found, region)],
    ['givenName', question('givenName', 'Your given name', { example: 'Taro' })],
    ['familyName', question('familyName', 'Your family name', { example: 'Yamada' })],
    ['email', question('email', 'Your e-mail address (for the first password)', { example: 'taro@example.com' })],
    [
      'user',
      () =>
        typed(runtime, found, 'user', 'User name to sign in with (cannot be changed later)', {
          answer: userNameFrom(inAnswer),
        }),
    ],
    ['profile', question('profile', 'Name of the AWS CLI profile', { answer: freeName(found) })],
  ]
  for (const [key, put] of questions) {
    const answer = await put()
    if (answer === undefined) return undefined
    inAnswer[key] = answer
  }
  const shells = await askShells(runtime, inAnswer.profile)
  return shells && { ...inAnswer, shells }
}

/** Asks for the Region of Identity Center; undefined when the person gave up. */
export function askRegion(runtime: Runtime, found: Found, known?: string): Promise<string | undefined> {
  const words = 'Region of IAM Identity Center (cannot be moved later)'
  return typed(runtime, found, 'region', words, known ? { answer: known } : { example: 'us-east-1' })
}

async function typed(
  { terminal }: Runtime,
  found: Found,
  key: Typed,
  words: string,
  offer: Omit<Offer, 'trouble'>,
): Promise<string | undefined> {
  const trouble = (answer: string) => {
    const why = troubleWith(key, answer, found) ?? (key === 'profile' ? taken(answer.trim(), found) : undefined)
    // The prompt puts three columns in front of the first line only.
    return why && wrapped(why, terminal.width.err - 4, 0).join('\n   ')
  }
  return (await terminal.ask(words, { ...offer, trouble }))?.trim()
}

function taken(name: string, found: Found): string | undefined {
  return isTaken(name, found) ? `profile ${name} is in ~/.aws/config already; choose another name` : undefined
}

function freeName(found: Found): string {
  return ['personal', 'sso', 'identity-center'].find((name) => taken(name, found) === undefined) ?? ''
}

const shells = ['zsh', 'bash', 'fish']

function askShells({ terminal, env }: Runtime, profile: string): Promise<readonly string[] | undefined> {
  const own = (env.SHELL ?? '').split('/').at(-1) ?? ''
  const words = `Shells that set AWS_PROFILE=${profile}, if any`
  return terminal.choose(words, shells, shells.includes(own) ? [own] : [])
}
