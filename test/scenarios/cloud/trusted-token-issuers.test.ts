import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { ContentTrustedTokenIssuer } from '../../../src/sandbox/content-types.ts'
import { type Cloud, newCloud } from './support/cloud.ts'
import { expectSettled, line, newOffice, type Office } from './support/office.ts'

const url = 'https://example.okta.com'
const okta = { issuer_url: url, claim: 'email', attribute: 'emails.value' }
const ours = { 'managed-by': 'sso-reconcile' }

async function world(trustedTokenIssuers: readonly ContentTrustedTokenIssuer[] = []) {
  const cloud = await newCloud({
    contents: { trustedTokenIssuers },
    faults: { unconfirmed: { sameIssuerName: 'allowed' } },
  })
  return { cloud, here: newOffice(cloud.url) }
}

/** Issuers as the server has them, by name. */
async function issuers(cloud: Cloud) {
  const rows = Object.values((await cloud.export()).trustedTokenIssuers ?? {})
  return rows
    .map(({ name, issuerUrl, claim, attribute, tags }) => ({ name, issuerUrl, claim, attribute, tags }))
    .sort((a, b) => (`${a.name} ${a.issuerUrl}` < `${b.name} ${b.issuerUrl}` ? -1 : 1))
}

async function names(cloud: Cloud): Promise<readonly string[]> {
  return (await issuers(cloud)).map(({ name }) => name)
}

async function writes(cloud: Cloud): Promise<readonly string[]> {
  return (await cloud.calls())
    .map(({ operation }) => operation)
    .filter((name) => /^(Create|Update|Delete|Tag|Untag|Put)/.test(name))
}

function fileOf({ desk }: Office): string {
  return readFileSync(join(desk.work, 'sso.yaml'), 'utf8')
}

describe('an issuer of the manifest', () => {
  it('is created with the mark, is left alone by a second run, changes, and goes with its line', async () => {
    const { cloud, here } = await world([{ name: 'theirs', issuerUrl: 'https://theirs.example.com' }])
    here.write({ trusted_token_issuers: { okta: { ...okta, tags: { team: 'a' } } } })
    const { operations, unmanaged } = await here.plan()
    expect(operations.map(line)).toEqual([
      `create trusted-token-issuer/okta issuer_url=${url}; claim=email; attribute=emails.value; tags.team=a`,
    ])
    expect(operations[0]?.effect).toBe(
      'applications that trust okta accept its tokens for the user whose emails.value equals the claim email',
    )
    expect(unmanaged).toContain('trusted-token-issuer/theirs')
    expect((await here.apply()).code).toBe(0)
    const created = { name: 'okta', issuerUrl: url, claim: 'email', attribute: 'emails.value' }
    expect(await issuers(cloud)).toContainEqual({ ...created, tags: { ...ours, team: 'a' } })
    await cloud.forget()
    await expectSettled(here)
    expect((await here.apply()).stdout).toContain('No changes.')
    expect(await writes(cloud)).toEqual([])

    here.write({
      trusted_token_issuers: { okta: { ...okta, claim: 'sub', attribute: 'userName', tags: { cost: '1' } } },
    })
    const changed = (await here.plan()).operations
    expect(changed.map(line)).toEqual([
      'update trusted-token-issuer/okta claim: email -> sub; attribute: emails.value -> userName; tags.cost: (none) -> 1; tags.team: a -> (none)',
    ])
    expect(changed[0]?.effect).toBe(
      'from now on applications that trust okta accept its tokens for the user whose userName equals the claim sub',
    )
    expect((await here.apply()).code).toBe(0)
    expect(await issuers(cloud)).toContainEqual({
      ...{ ...created, claim: 'sub', attribute: 'userName' },
      tags: { ...ours, cost: '1' },
    })
    await expectSettled(here)

    here.write({ trusted_token_issuers: {} })
    const [gone] = (await here.plan()).operations
    expect(gone).toMatchObject({
      ...{ verb: 'delete', address: 'trusted-token-issuer/okta', reason: 'no longer in sso.yaml' },
      effect: 'applications that trust okta no longer accept its tokens',
    })
    expect((await here.apply()).code).toBe(0)
    expect(await names(cloud)).toEqual(['theirs'])
    await expectSettled(here)
  })

  it('gets another name in place, so that applications still trust it', async () => {
    const { cloud, here } = await world([{ name: 'old', issuerUrl: url, tags: ours }])
    const [arn] = Object.keys((await cloud.export()).trustedTokenIssuers ?? {})
    here.write({ trusted_token_issuers: { okta: { ...okta, was: 'old' } } })
    const [rename] = (await here.plan()).operations
    expect(rename && line(rename)).toBe('update trusted-token-issuer/okta name: old -> okta')
    expect(rename?.effect).toBe('applications that trust it still do')
    expect((await here.apply()).code).toBe(0)
    expect(Object.keys((await cloud.export()).trustedTokenIssuers ?? {})).toEqual([arn])
    expect(await names(cloud)).toEqual(['okta'])
    await expectSettled(here)
    // What has the earlier name later is somebody else's.
    await cloud.add({ trustedTokenIssuers: [{ name: 'old', issuerUrl: 'https://other.example.com' }] })
    const { operations, diagnostics } = await here.plan()
    expect([operations, diagnostics.map(({ code }) => code)]).toEqual([[], ['rename-over']])
  })

  it('is renamed and mapped anew in one step', async () => {
    const { cloud, here } = await world([{ name: 'old', issuerUrl: url }])
    here.write({ trusted_token_issuers: { okta: { ...okta, claim: 'upn', was: 'old' } } })
    expect((await here.apply()).code).toBe(0)
    expect(await issuers(cloud)).toMatchObject([{ name: 'okta', claim: 'upn' }])
    expect((await writes(cloud)).filter((one) => one === 'UpdateTrustedTokenIssuer')).toHaveLength(1)
    await expectSettled(here)
  })

  it('cannot get another URL: the plan says so at its line, and nothing is sent', async () => {
    const { cloud, here } = await world([{ name: 'okta', issuerUrl: url, tags: ours }])
    await cloud.forget()
    here.writeText(
      `version: 1
identity_center: { region: us-east-1 }
trusted_token_issuers:
  okta: { issuer_url: https://new.okta.com, claim: sub, attribute: emails.value }
`,
    )
    const { code, stderr } = await here.run(['apply', '--yes'])
    expect(code).toBe(1)
    expect(stderr).toContain('sso.yaml:4:23')
    expect(stderr).toContain(`AWS cannot change the issuer URL of okta from ${url} to https://new.okta.com`)
    expect(stderr).toContain(
      `to keep it, write ${url}, as sso-reconcile adopt trusted-token-issuer/okta does; to move, declare the new URL under another name`,
    )
    expect(await writes(cloud)).toEqual([])
    // What the hint says works.
    const moved = { 'okta-new': { ...okta, issuer_url: 'https://new.okta.com' } }
    here.write({ trusted_token_issuers: { okta, ...moved } })
    expect((await here.apply()).code).toBe(0)
    here.write({ trusted_token_issuers: moved })
    expect((await here.apply('--max-deletes', '1')).code).toBe(0)
    expect(await names(cloud)).toEqual(['okta-new'])
  })

  it('that exists is taken as it is, never marked, and goes only by its name', async () => {
    const { cloud, here } = await world([{ name: 'okta', issuerUrl: url, claim: 'sub' }])
    here.write({ trusted_token_issuers: { okta } })
    expect((await here.apply()).code).toBe(0)
    expect(await issuers(cloud)).toMatchObject([{ claim: 'email', tags: {} }])
    here.write({ trusted_token_issuers: {} })
    expect((await here.plan()).operations).toEqual([])
    here.write({ absent: { trusted_token_issuers: ['okta', 'never-was'] } })
    const { operations } = await here.plan()
    expect(operations.map(({ reason }) => reason)).toEqual(['listed under absent.trusted_token_issuers'])
    expect((await here.apply()).code).toBe(0)
    expect(await issuers(cloud)).toEqual([])
    await expectSettled(here)
  })

  it('of another manifest, of a service of AWS, or ignored stays', async () => {
    const { cloud, here } = await world([
      { name: 'a', issuerUrl: url, tags: { 'managed-by': 'sso-reconcile/other' } },
      { name: 'b', issuerUrl: url, tags: { 'aws:cloudformation:stack-id': 'x' } },
      { name: 'ci-1', issuerUrl: url, tags: ours },
    ])
    here.write({ trusted_token_issuers: {}, ignore: { trusted_token_issuers: ['ci-*'] } })
    const { operations, unmanaged } = await here.plan()
    expect([operations, unmanaged]).toEqual([[], ['trusted-token-issuer/a', 'trusted-token-issuer/b']])
    // Tags of AWS are neither compared nor taken away.
    here.write({ trusted_token_issuers: { b: okta }, ignore: { trusted_token_issuers: ['ci-*'] } })
    await expectSettled(here)
    expect(await names(cloud)).toEqual(['a', 'b', 'ci-1'])
  })

  it('has any name that AWS takes', async () => {
    const { cloud, here } = await world()
    const all = { 'a@b.com': okta, '=+,.@-_': okta, constructor: okta, '123': okta }
    here.write({ trusted_token_issuers: all })
    expect((await here.apply()).code).toBe(0)
    expect(await names(cloud)).toEqual(Object.keys(all).sort())
    await expectSettled(here)
    expect((await here.plan('--target', 'trusted-token-issuer/a@b.com')).operations).toEqual([])
    expect((await here.run(['adopt', 'trusted-token-issuer/a@b.com', '--json'])).stdout).toContain('"settled"')
    here.write({ trusted_token_issuers: { 'with:colon': okta } })
    expect((await here.run(['plan'])).stderr).toContain('"with:colon"')
  })
})

describe('two issuers of one name', () => {
  const twins = [
    { name: 'okta', issuerUrl: url, tags: ours },
    { name: 'okta', issuerUrl: 'https://other.example.com' },
  ]

  it.each([
    ['declared', { trusted_token_issuers: { okta } }],
    ['an earlier name', { trusted_token_issuers: { new: { ...okta, was: 'okta' } } }],
    ['absent', { absent: { trusted_token_issuers: ['okta'] } }],
  ])('are an error where the name is %s, and stay as they are', async (_how, sections) => {
    const { cloud, here } = await world(twins)
    await cloud.forget()
    here.write(sections)
    const { code, stderr } = await here.run(['apply', '--yes', '--max-deletes', '5'])
    expect(code).toBe(1)
    expect(stderr).toContain('Identity Center has 2 trusted token issuers called okta')
    expect(stderr).toMatch(/tti-[-0-9a-f]+ \(https:\/\/example\.okta\.com\)/)
    expect(await writes(cloud)).toEqual([])
  })

  it('are told apart by their marks where nothing names them', async () => {
    const { cloud, here } = await world(twins)
    here.write({ trusted_token_issuers: {} })
    expect((await here.plan()).operations).toMatchObject([
      { verb: 'delete', effect: 'applications that trust okta no longer accept its tokens' },
    ])
    expect((await here.apply()).code).toBe(0)
    expect(await issuers(cloud)).toMatchObject([{ name: 'okta', issuerUrl: 'https://other.example.com' }])
    await expectSettled(here)
  })

  it('are left out by init, which says why', async () => {
    const { here } = await world([...twins, { name: 'plain', issuerUrl: url }])
    const { code, stderr, stdout } = await here.run(['init', '--force'])
    expect(code, stderr).toBe(0)
    expect(Object.keys(parse(fileOf(here)).trusted_token_issuers)).toEqual(['plain'])
    expect(fileOf(here) + stdout + stderr).toContain('trusted token issuer okta: another one has the same name')
    // The section prunes what carries the mark of the file, and init does not lead there.
    expect((await here.run(['plan', '--check'])).code).toBe(0)
  })
})

describe('init, adopt and ignore', () => {
  it('write what a manifest can say, and leave the rest to others', async () => {
    const { here } = await world([
      { name: 'okta', issuerUrl: url, tags: { team: 'a', 'aws:x': 'y' } },
      { name: 'mine', issuerUrl: url, tags: ours },
      { name: 'plain-http', issuerUrl: 'http://old.example.com' },
      { name: 'others', issuerUrl: url, tags: { 'managed-by': 'sso-reconcile/other' } },
    ])
    const { code, stdout, stderr } = await here.run(['init', '--force'])
    expect(code, stderr).toBe(0)
    expect(parse(fileOf(here)).trusted_token_issuers).toEqual({ mine: okta, okta: { ...okta, tags: { team: 'a' } } })
    const told = fileOf(here) + stdout + stderr
    expect(told).toContain('trusted token issuer others: managed by another manifest (sso-reconcile/other)')
    expect(told).toContain('trusted token issuer plain-http: ')
    expect((await here.run(['plan', '--check'])).code).toBe(0)
  })

  it('answer drift, and what nobody declared', async () => {
    const { here } = await world([
      { name: 'okta', issuerUrl: url, claim: 'sub', tags: { team: 'a' } },
      { name: 'new', issuerUrl: 'https://new.example.com' },
      { name: 'other', issuerUrl: 'https://other.example.com' },
    ])
    here.write({ trusted_token_issuers: { okta } })
    const adopted = await here.run(['adopt', 'trusted-token-issuer/okta', 'trusted-token-issuer/new'])
    expect(adopted.code, adopted.stderr).toBe(0)
    expect(parse(fileOf(here)).trusted_token_issuers).toEqual({
      okta: { ...okta, claim: 'sub', tags: { team: 'a' } },
      new: { ...okta, issuer_url: 'https://new.example.com' },
    })
    const ignored = await here.run(['ignore', 'trusted-token-issuer/other'])
    expect(ignored.code, ignored.stderr).toBe(0)
    expect(parse(fileOf(here)).ignore).toEqual({ trusted_token_issuers: ['other'] })
    await expectSettled(here)
  })
})

describe('an issuer whose URL is another one in the file, which no plan changes,', () => {
  const declared = `version: 1
identity_center: { region: us-east-1 }
trusted_token_issuers:
  # Theirs.
  okta:
    issuer_url: https://other.okta.com # as they said
    claim: sub
    attribute: emails.value
`

  it('is adopted as it is live, and the comments stay', async () => {
    const { here } = await world([{ name: 'okta', issuerUrl: url }])
    here.writeText(declared)
    const plan = await here.run(['plan'])
    expect(plan.stderr.replace(/\s+/g, ' ')).toContain('as sso-reconcile adopt trusted-token-issuer/okta does')
    const { code, stdout, stderr } = await here.run(['adopt', 'trusted-token-issuer/okta'])
    expect(code, stderr).toBe(0)
    expect(stdout).toContain('trusted-token-issuer/okta is adopted in sso.yaml')
    expect(stderr).toBe('')
    expect(fileOf(here)).toBe(declared.replace('https://other.okta.com', url).replace('claim: sub', 'claim: email'))
    await expectSettled(here)
  })

  it('is no reason against an answer of its own, and is one against every other', async () => {
    const { here } = await world([
      { name: 'okta', issuerUrl: url },
      { name: 'new', issuerUrl: 'https://new.example.com' },
    ])
    here.writeText(declared)
    const ignored = await here.run(['ignore', 'trusted-token-issuer/okta'])
    expect(ignored.code).toBe(1)
    expect(ignored.stderr).toContain('trusted-token-issuer/okta cannot be ignored: the manifest declares it')
    for (const words of [['adopt'], ['adopt', 'trusted-token-issuer/new'], ['ignore', 'trusted-token-issuer/new']]) {
      const { code, stderr } = await here.run(words)
      expect(code).toBe(1)
      expect(stderr).toContain('sso.yaml:6:17  error  AWS cannot change the issuer URL of okta')
    }
    expect(fileOf(here)).toBe(declared)
  })
})

describe('a type of issuer that nobody has heard of yet', () => {
  it('is left alone, and is an error where the manifest means it', async () => {
    const { cloud } = await world([{ name: 'okta', issuerUrl: url, tags: ours }])
    const relay = await cloud.relay()
    relay.pass = async ({ operation }, forward) => {
      const { body, ...rest } = await forward()
      if (operation !== 'DescribeTrustedTokenIssuer') return { ...rest, body }
      const { TrustedTokenIssuerConfiguration: _known, ...found } = JSON.parse(body)
      return { ...rest, body: JSON.stringify({ ...found, TrustedTokenIssuerType: 'SAML' }) }
    }
    const here = newOffice(relay.url)
    await cloud.forget()
    here.write({ trusted_token_issuers: { okta } })
    const { code, stderr } = await here.run(['apply', '--yes'])
    expect(code).toBe(1)
    expect(stderr).toContain('trusted token issuer okta is of type SAML, which is unknown')
    expect(await writes(cloud)).toEqual([])
    expect((await here.run(['access', '--format', 'text'])).stdout).toContain('okta: type SAML, which is unknown')
    const init = await here.run(['init', '--force'])
    expect(init.code, init.stderr).toBe(0)
    expect(fileOf(here) + init.stdout + init.stderr).toContain('trusted token issuer okta: it is of type SAML')
    expect(parse(fileOf(here)).trusted_token_issuers).toBeUndefined()
  })
})

describe('what is read', () => {
  it('is nothing of issuers where the manifest does not speak of them', async () => {
    const { cloud, here } = await world([{ name: 'okta', issuerUrl: url, tags: ours }])
    await cloud.forget()
    here.write({ groups: {} })
    await expectSettled(here)
    expect((await cloud.calls()).filter(({ operation }) => operation.includes('TokenIssuer'))).toEqual([])
  })

  it.each(['ListTrustedTokenIssuers', 'DescribeTrustedTokenIssuer', 'ListTagsForResource'])(
    'and refused (%s) fails a plan of issuers with the action, and deletes nothing',
    async (operation) => {
      const { cloud, here } = await world([{ name: 'okta', issuerUrl: url, tags: ours }])
      await cloud.faults({ rules: [{ kind: 'deny', operations: [operation] }] })
      here.write({ trusted_token_issuers: {} })
      const { code, stderr } = await here.run(['apply', '--yes'])
      expect(code).toBe(1)
      expect(stderr).toContain(`sso:${operation}`)
      expect(await names(cloud)).toEqual(['okta'])
    },
  )

  it('and refused where nobody has to know it is told, and stops nothing', async () => {
    const { cloud, here } = await world([{ name: 'okta', issuerUrl: url }])
    await cloud.faults({ rules: [{ kind: 'deny', operations: ['ListTrustedTokenIssuers'] }] })
    here.write({ groups: { devs: {} } })
    expect((await here.apply()).code).toBe(0)
    const { code, stdout } = await here.run(['access', '--format', 'text'])
    expect(code).toBe(0)
    expect(stdout).toContain('Trusted token issuers were not checked: ')
    expect(stdout).toContain('sso:ListTrustedTokenIssuers')
    expect(JSON.parse((await here.run(['access', '--json'])).stdout)).toMatchObject({
      trusted_token_issuers: [],
      trusted_token_issuers_unread: expect.stringContaining('sso:ListTrustedTokenIssuers'),
    })
    const init = await here.run(['init', '--force'])
    expect(init.code, init.stderr).toBe(0)
    expect(fileOf(here) + init.stdout + init.stderr).toContain('trusted token issuers: ')
    expect((await here.run(['plan', '--check'])).code).toBe(0)
  })
})

describe('access', () => {
  it('names issuers with their URLs and what of a token says who somebody is, in every form', async () => {
    const { cloud, here } = await world([{ name: 'okta', issuerUrl: url }])
    const told = `okta: ${url}, for the user whose emails.value equals the claim email`
    const [arn] = Object.keys((await cloud.export()).trustedTokenIssuers ?? {})
    here.write({ users: {} })
    expect((await here.run(['access', '--format', 'text'])).stdout).toContain(
      `Trusted token issuers, whose tokens applications may accept for users:\n  ${told}\n`,
    )
    expect((await here.run(['access', '--format', 'markdown'])).stdout).toContain(`- okta: `)
    expect((await here.run(['access', '--format', 'html'])).stdout).toContain(`<li>${told}`)
    expect((await here.run(['access'])).stderr).toContain(told)
    expect(JSON.parse((await here.run(['access', '--json'])).stdout).trusted_token_issuers).toEqual([
      { name: 'okta', arn, ...okta },
    ])
    await cloud.forget()
    const narrowed = await here.run(['access', '--account', '111122223333', '--json'])
    expect(JSON.parse(narrowed.stdout).trusted_token_issuers).toBeUndefined()
    expect((await cloud.calls()).some(({ operation }) => operation.includes('TokenIssuer'))).toBe(false)
  })
})

describe('an apply that is disturbed', () => {
  it.each(['conflict', 'allowed'] as const)(
    'finishes where answers got lost (same name: %s)',
    async (sameIssuerName) => {
      const { cloud, here } = await world([
        { name: 'changes', issuerUrl: url, tags: { ...ours, team: 'a' } },
        { name: 'goes', issuerUrl: url, tags: ours },
      ])
      const cut = ['Create', 'Update', 'Delete'].map((verb) => `${verb}TrustedTokenIssuer`)
      await cloud.faults({
        unconfirmed: { sameIssuerName },
        rules: [...cut, 'TagResource', 'UntagResource'].map((one) => ({
          ...{ kind: 'cut-after', operations: [one], times: 1 },
        })),
      })
      here.write({ trusted_token_issuers: { okta, changes: { ...okta, claim: 'sub', tags: { cost: '1' } } } })
      const { code, stdout, stderr } = await here.apply('--max-deletes', '1')
      expect(code, stdout + stderr).toBe(0)
      expect(await issuers(cloud)).toMatchObject([
        { name: 'changes', claim: 'sub', tags: { ...ours, cost: '1' } },
        { name: 'okta', tags: ours },
      ])
      await expectSettled(here)
    },
  )

  it.each([
    ['as it was asked for', okta, 0],
    ['otherwise', { ...okta, claim: 'sub' }, 1],
  ])('takes one that appeared meanwhile for done where it is %s', async (_how, other, ended) => {
    const cloud = await newCloud()
    const relay = await cloud.relay()
    const here = newOffice(relay.url)
    here.write({ trusted_token_issuers: { okta } })
    const there = { name: 'okta', issuerUrl: url, claim: other.claim, tags: ours }
    relay.pass = async ({ operation }, forward) => {
      if (operation === 'CreateTrustedTokenIssuer') await cloud.add({ trustedTokenIssuers: [there] })
      return forward()
    }
    const { code, stdout, stderr } = await here.apply()
    expect(code, stdout + stderr).toBe(ended)
    if (ended === 1)
      expect(stdout.replace(/\s+/g, ' ')).toContain(
        'trusted token issuer okta appeared after the plan was made, and differs',
      )
    expect(await issuers(cloud)).toMatchObject([{ name: 'okta', claim: other.claim }])
  })

  it.each<[string, object]>([
    ['behind', { listLag: 2 }],
    ['of one item', { pageSize: 1 }],
    ['that overlap', { pageSize: 2, pageOverlap: 1 }],
  ])('ends the same with lists %s', async (_how, faults) => {
    const others = ['a', 'b', 'c'].map((name) => ({ name, issuerUrl: `https://${name}.example.com` }))
    const { cloud, here } = await world([...others, { name: 'goes', issuerUrl: url, tags: ours }])
    await cloud.faults(faults)
    here.write({ trusted_token_issuers: { okta, a: { ...okta, issuer_url: 'https://a.example.com', claim: 'sub' } } })
    const { code, stdout, stderr } = await here.apply('--max-deletes', '1')
    expect(code, stdout + stderr).toBe(0)
    expect(await names(cloud)).toEqual(['a', 'b', 'c', 'okta'])
    await cloud.faults({})
    await expectSettled(here)
  })

  it('says what a caller may not do, and goes on with the rest', async () => {
    const { cloud, here } = await world([{ name: 'goes', issuerUrl: url, tags: ours }])
    await cloud.faults({ rules: [{ kind: 'deny', operations: ['CreateTrustedTokenIssuer'] }] })
    here.write({ groups: { devs: {} }, trusted_token_issuers: { okta } })
    const { code, failed, skipped, done } = await here.outcomes()
    expect(code).toBe(1)
    expect(failed['trusted-token-issuer/okta']).toContain('sso:CreateTrustedTokenIssuer')
    expect(Object.keys(skipped)).toEqual(['trusted-token-issuer/goes'])
    expect(done).toEqual(['group/devs'])
    expect(await names(cloud)).toEqual(['goes'])
  })
})

describe('offline', () => {
  it.each([
    ['http://example.okta.com', 'issuer_url'],
    [`${url}/.well-known/openid-configuration`, `write "${url}"`],
    ['https://login.okta.com@evil.example.com', 'has a user in front of its host'],
    [`${url}:8443`, 'AWS reaches issuers on port 443 alone'],
    ['example.okta.com', 'write the whole address with https'],
  ])('%s is an error at its place', async (issuer_url, words) => {
    const here = newOffice('http://127.0.0.1:1')
    here.write({ trusted_token_issuers: { okta: { ...okta, issuer_url } } })
    const { code, stderr } = await here.run(['validate'])
    expect(code).toBe(1)
    expect(stderr).toMatch(/sso\.yaml:3:\d+ {2}error/)
    expect(stderr).toContain(words)
  })

  it('takes addresses as issuers write them, and variables', async () => {
    const here = newOffice('http://127.0.0.1:1')
    const good = [
      'https://tenant.auth0.com/',
      'https://login.microsoftonline.com/a1b2/v2.0',
      `${url}:443/oauth2/default`,
    ]
    const rows = good.map((issuer_url, index) => [`i${index}`, { ...okta, issuer_url, claim: 'preferred_username' }])
    here.write({
      trusted_token_issuers: { ...Object.fromEntries(rows), var: { ...okta, issuer_url: '$' + '{SSO_ISSUER}' } },
    })
    const { code, stderr } = await here.run(['validate'], { SSO_ISSUER: url })
    expect(code, stderr).toBe(0)
  })

  it.each([
    ['userName', false],
    ['emails.value', false],
    ['externalId', false],
    ['externalIds.SCIM', false],
    ['email', true],
    ['UserName', true],
  ])('warns of an attribute that AWS does not find users by: %s %s', async (attribute, isWarned) => {
    const here = newOffice('http://127.0.0.1:1')
    here.write({ trusted_token_issuers: { okta: { ...okta, attribute } } })
    const { code, stderr } = await here.run(['validate'])
    expect(code).toBe(0)
    expect(/sso\.yaml:3:\d+ {2}warning {2}attribute: "\w+" is not one that AWS finds users by/.test(stderr)).toBe(
      isWarned,
    )
  })

  it('refuses what is declared twice, and what a limited file may not declare', async () => {
    const here = newOffice('http://127.0.0.1:1')
    here.write({ trusted_token_issuers: { okta }, absent: { trusted_token_issuers: ['okta'] } })
    expect((await here.run(['validate'])).stderr).toContain('"okta" is both declared and absent')
    here.write({ trusted_token_issuers: { okta }, ignore: { trusted_token_issuers: ['ok*'] } })
    expect((await here.run(['validate'])).stderr).toContain('"okta" is both declared and ignored')
    here.write({ trusted_token_issuers: { okta: { ...okta, was: 'okta' } } })
    expect((await here.run(['validate'])).stderr).toContain('was is the current name of the trusted token issuer')
    writeFileSync(join(here.desk.work, 'team.yaml'), `version: 1\ntrusted_token_issuers: ${JSON.stringify({ okta })}\n`)
    for (const [include, words] of [
      [{ files: 'team.yaml', only: { groups: ['*'] } }, 'team.yaml:2:1'],
      ['team.yaml', 'team.yaml:2:1'],
    ] as const) {
      here.write({ include: [include] })
      const { code, stderr } = await here.run(['validate'])
      expect(code).toBe(1)
      expect(stderr).toContain(words)
      expect(stderr).toContain('trusted_token_issuers')
    }
  })
})
