import { describe, expect, it } from 'vitest'
import type { Reader } from '../../src/aws/port.ts'
import { chooseRegion, homeRegion, type RegionSources, scanRegions } from '../../src/init/region.ts'
import { Refusal } from '../../src/model/diagnostic.ts'
import { defaultRegions } from '../../src/model/regions.ts'

const all: RegionSources = {
  flag: 'eu-west-1',
  manifest: 'eu-west-2',
  session: 'eu-west-3',
  env: { AWS_REGION: 'us-east-1', AWS_DEFAULT_REGION: 'us-east-2' },
  profile: 'us-west-1',
}

describe('chooseRegion', () => {
  it.each<[string, RegionSources, boolean, string | undefined]>([
    ['the flag', all, false, 'eu-west-1'],
    ['the manifest that is replaced', { ...all, flag: undefined }, false, 'eu-west-2'],
    ['AWS_REGION', { ...all, flag: undefined, manifest: undefined }, false, 'us-east-1'],
    ['AWS_DEFAULT_REGION', { env: { AWS_REGION: '', AWS_DEFAULT_REGION: 'us-east-2' } }, false, 'us-east-2'],
    ['the session', { ...all, flag: undefined, manifest: undefined, env: {} }, false, 'eu-west-3'],
    ['the session first for this machine alone', { ...all, flag: undefined, manifest: undefined }, true, 'eu-west-3'],
    ['the profile', { env: {}, profile: 'us-west-1' }, false, 'us-west-1'],
    ['nothing', { env: {} }, false, undefined],
  ])('takes %s', (_name, sources, onlyLocal, expected) => {
    expect(chooseRegion(sources, onlyLocal)).toBe(expected)
  })

  it('refuses what is no region', () => {
    expect(() => chooseRegion({ env: { AWS_REGION: 'Ireland' } }, false)).toThrow(/"Ireland" is not an AWS region/)
  })
})

/** Readers of regions that hold these instances; a failure where it says so. */
function regions(held: Readonly<Record<string, object | Error>>) {
  const asked: string[] = []
  const readerOf = (region: string) => {
    asked.push(region)
    const answer = held[region]
    const list = () => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer ? [answer] : []))
    return { list } as unknown as Reader
  }
  return { asked, readerOf }
}

const denied = new Refusal({ severity: 'error', code: 'aws-access-denied', message: 'denied' })

describe('scanRegions', () => {
  it('asks each region once and finds the one instance', async () => {
    const { asked, readerOf } = regions({ 'eu-west-1': { InstanceArn: 'x' } })
    expect(await scanRegions(readerOf, 'us-east-1')).toBe('eu-west-1')
    expect(asked.sort()).toEqual([...defaultRegions].sort())
  })

  it.each<[string, Readonly<Record<string, object | Error>>, string | undefined]>([
    [
      'a replica names its primary region',
      { 'us-east-1': { PrimaryRegion: 'eu-west-1' }, 'eu-west-1': { PrimaryRegion: 'eu-west-1' } },
      'eu-west-1',
    ],
    [
      'a region that does not answer is no matter when another has it',
      { 'us-east-1': denied, 'eu-west-1': {} },
      'eu-west-1',
    ],
    [
      'so does a server that marks it in the list of Regions alone',
      { 'us-east-1': { Regions: [{ RegionName: 'us-east-1' }, { RegionName: 'eu-west-1', IsPrimaryRegion: true }] } },
      'eu-west-1',
    ],
    ['nowhere', {}, undefined],
  ])('%s', async (_name, held, expected) => {
    expect(await scanRegions(regions(held).readerOf, 'us-east-1')).toBe(expected)
  })

  it('does not take silence for absence', async () => {
    await expect(scanRegions(regions({ 'us-east-1': denied }).readerOf, 'us-east-1')).rejects.toMatchObject({
      diagnostics: denied.diagnostics,
    })
  })

  it('asks which of two is meant', async () => {
    const { readerOf } = regions({ 'us-east-1': {}, 'eu-west-1': {} })
    await expect(scanRegions(readerOf, 'us-east-1')).rejects.toThrow(/us-east-1 and eu-west-1/)
  })
})

it.each([
  ['us-gov-east-1', ['us-gov-west-1', 'us-gov-east-1']],
  ['cn-north-1', ['cn-north-1', 'cn-northwest-1']],
  ['eusc-de-east-1', ['eusc-de-east-1']],
])('a scan stays in the partition of %s, where the credentials are known', async (near, expected) => {
  const { asked, readerOf } = regions({})
  expect(await scanRegions(readerOf, near)).toBeUndefined()
  expect(asked.sort()).toEqual([...expected].sort())
})

it.each<[string, object | undefined, string]>([
  ['an additional Region leads home', { PrimaryRegion: 'eu-west-1' }, 'eu-west-1'],
  ['the home Region is where one is', { PrimaryRegion: 'us-west-2' }, 'us-west-2'],
  ['a server that does not tell is taken at its word', {}, 'us-west-2'],
  ['nothing to see is no reason to go elsewhere', undefined, 'us-west-2'],
])('%s', async (_name, instance, home) => {
  const { readerOf } = regions(instance ? { 'us-west-2': instance } : {})
  expect(await homeRegion(readerOf('us-west-2'), 'us-west-2')).toBe(home)
})
