import { expect, it } from 'vitest'
import { chooseProfile } from '../../src/login/choose.ts'
import { error, Refusal } from '../../src/model/diagnostic.ts'
import { head, load } from '../manifest/load.ts'

const profile = '{ account: "111122223333", permission_set: A }'
const one = `${head}local: { sso_session: s, profiles: { only: ${profile} } }`
const two = `${head}local: { sso_session: s, profiles: { a: ${profile}, b: ${profile} } }`
const shell = `${two.slice(0, -2)}, shell: { aws_profile: b, shells: [zsh] } }`

it.each([
  ['the one named', { named: 'x', fromEnvironment: 'y' }, one, 'x'],
  ['AWS_PROFILE', { fromEnvironment: 'y' }, one, 'y'],
  ['what shells use', {}, shell, 'b'],
  ['the only one', {}, one, 'only'],
])('takes %s', async (_what, choices, text, expected) => {
  expect(await chooseProfile({ ...choices, manifest: () => load(text) })).toBe(expected)
})

it.each([
  ['several', two, 'sso-reconcile login a | b'],
  ['none', head, 'sso-reconcile login PROFILE'],
])('asks for a name where there are %s', async (_what, text, hint) => {
  const refused = await chooseProfile({ manifest: () => load(text) }).catch((thrown: unknown) => thrown)
  expect(refused).toBeInstanceOf(Refusal)
  expect((refused as Refusal).diagnostics[0]).toMatchObject({ code: 'profile-not-named' })
  expect((refused as Refusal).diagnostics[0]?.hint).toContain(hint)
})

it('reads no manifest when it need not, and says so when there is none', async () => {
  const missing = () => Promise.reject(new Refusal(error('file-missing', 'there is none')))
  expect(await chooseProfile({ named: 'x', manifest: missing })).toBe('x')
  await expect(chooseProfile({ manifest: missing })).rejects.toThrow('no manifest to look in')
})

it('takes the session where no profile is declared and a session will do', async () => {
  const generated = `${head.replace('eu-west-1', 'eu-west-1, start_url: "https://d-1234567890.awsapps.com/start"')}local: { sso_session: s, generate: { from: portal } }`
  expect(await chooseProfile({ manifest: () => load(generated), orSession: true })).toBe('s')
  await expect(chooseProfile({ manifest: () => load(generated) })).rejects.toThrow('declares no profile')
  expect(await chooseProfile({ manifest: () => load(one), orSession: true })).toBe('only')
})
