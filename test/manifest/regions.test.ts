import { describe, expect, it } from 'vitest'
import { load, marked, placeOf } from './load.ts'

const newer = 'can be used'
const manifest = (rest: string) => `version: 1\n${rest}\n`

describe('a Region that this release does not know', () => {
  it.each([
    ['eu-west-9', 'identity_center: { region: eu-west-1, additional_regions: [eu-west-2, «eu-west-9»] }', 'check it'],
    ['us-est-2', 'identity_center: { region: eu-west-1, additional_regions: [«us-est-2»] }', 'mean "us-east-2"'],
    ['eu-wset-1', 'identity_center: { region: «eu-wset-1» }', 'mean "eu-west-1"'],
    ['eu-west-8', 'identity_center: { region: eu-west-1 }\nabsent: { additional_regions: [«eu-west-8»] }', 'check it'],
  ])('is a warning at its line, since AWS adds some: %s', async (region, rest, hint) => {
    const { text, places } = marked(manifest(rest))
    const { warnings } = await load(text)
    expect(warnings.map(({ code, message }) => [code, message])).toEqual([
      ['region-unknown', `"${region}" is no Region that this release knows`],
    ])
    expect(warnings.map(placeOf)).toEqual(places)
    expect(warnings[0]?.hint).toContain(hint)
    expect(warnings[0]?.hint).toContain(newer)
  })

  it.each(['cn-north-1, additional_regions: [cn-northwest-1]', 'eusc-de-east-1', 'eu-west-1, additional_regions: []'])(
    'is none of these: %s',
    async (regions) => {
      expect((await load(manifest(`identity_center: { region: ${regions} }`))).warnings).toEqual([])
    },
  )
})

it('the longest name that an instance can have is taken, and a longer one is not', async () => {
  const named = (name: string) => load(manifest(`identity_center: { region: eu-west-1, name: "${name}" }`))
  expect((await named(`_+=,.@-aZ9${'a'.repeat(245)}`)).warnings).toEqual([])
  await expect(named('a'.repeat(256))).rejects.toThrow('cannot be the name of an instance')
})
