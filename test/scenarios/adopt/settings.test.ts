import { describe, expect, it } from 'vitest'
import { newCloud, replicate } from '../cloud/support/cloud.ts'
import { newOffice, type Sections } from '../cloud/support/office.ts'

const [dev, prod] = ['222233334444', '333344445555']
const flat = (text: string) => text.replace(/\s+/g, ' ')
const center = (more: object, rest: Sections = {}): Sections => ({
  identity_center: { region: 'us-east-1', ...more },
  ...rest,
})
const two = (url: string) => ({ name: 'two', issuerUrl: url })

/** An Identity Center with each setting of an instance, and two issuers of one name. */
async function world() {
  const cloud = await newCloud({
    contents: {
      trustedTokenIssuers: [
        { name: 'okta', issuerUrl: 'https://live.okta.com' },
        two('https://a.example.com'),
        two('https://b.example.com'),
      ],
    },
    faults: { unconfirmed: { sameIssuerName: 'allowed' } },
  })
  await cloud.delegate(dev)
  await replicate(cloud, 'eu-west-1')
  const here = newOffice(cloud.url)
  return { ...here, said: async (...words: string[]) => flat((await here.run(words)).stderr) }
}

const settings: readonly (readonly [address: string, section: string, declared: Sections, never: string])[] = [
  [
    'instance-name/identity-center',
    'identity_center.name',
    center({ name: 'x' }),
    'a manifest that does not name it leaves it alone',
  ],
  [
    `delegated-administrator/${dev}`,
    'identity_center.delegated_administrator',
    center({ delegated_administrator: dev }),
    'a manifest that does not name it leaves it alone',
  ],
  [
    'additional-region/eu-west-1',
    'identity_center.additional_regions',
    center({ additional_regions: ['eu-west-1'] }),
    'a manifest that does not list them leaves them alone',
  ],
]

describe.each(settings)('ignore %s', (address, section, declared, never) => {
  it('says that it was not looked for where the file does not speak of it, as adopt and a target do', async () => {
    const { write, said } = await world()
    write(center({}, { groups: {} }))
    const unread = `${address} was not looked for: sso.yaml has no ${section}, and so leaves it alone`
    expect(await said('ignore', address)).toContain(unread)
    expect(await said('adopt', address)).toContain(`to manage it, add ${section} to the file first`)
    expect(await said('plan', '--target', address)).toContain(`--target ${unread}`)
  })

  it('says what leaves it alone where the file declares it, which is so', async () => {
    const { write, said, plan } = await world()
    write(declared)
    expect(await said('ignore', address)).toContain(`hint: take the declaration out of the file: ${never}`)
    write(center({}, { groups: {} }))
    expect((await plan()).operations).toEqual([])
  })
})

it.each([
  [`delegated-administrator/${dev}`, 'delegated_administrators', 'dev', 'name it leaves it alone'],
  ['additional-region/eu-west-1', 'additional_regions', 'eu-west-1', 'list them leaves them alone'],
])('what the file lists as absent is not said to be left alone: %s', async (address, section, word, never) => {
  const { write, said, plan } = await world()
  write(center({}, { accounts: { dev, prod }, absent: { [section]: [word] } }))
  const text = await said('ignore', address)
  expect(text).toContain(`${address} cannot be ignored: it is listed under absent.${section}`)
  expect(text).toContain(`to keep it, take it out of there: a manifest that does not ${never}`)
  write(center({}, { accounts: { dev, prod } }))
  expect((await plan()).operations).toEqual([])
})

describe('ignore trusted-token-issuer/…', () => {
  it('says that it was not looked for where the file has no such section', async () => {
    const { write, said } = await world()
    write({ groups: {} })
    expect(await said('ignore', 'trusted-token-issuer/okta')).toContain(
      'trusted-token-issuer/okta was not looked for: sso.yaml has no trusted_token_issuers, and so leaves it alone',
    )
  })

  it('names each of several that have one name, and ignores the one that is named', async () => {
    const { write, said, run, plan } = await world()
    write({ trusted_token_issuers: {} })
    const text = await said('ignore', 'trusted-token-issuer/two')
    expect(text).toContain('trusted-token-issuer/two may be any of 2 that have this name')
    const [first = ''] = /trusted-token-issuer\/arn\S+?(?=,? )/.exec(text) ?? []
    const { code, stderr } = await run(['ignore', first])
    expect(code, stderr).toBe(0)
    expect((await plan()).operations).toEqual([])
  })
})
