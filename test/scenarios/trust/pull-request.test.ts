// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are manifests, not templates
import { execFileSync } from 'node:child_process'
import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { run } from '../../support/here.ts'
import { binary, run as runBinary, start } from '../e2e/support/binary.ts'
import { type Desk, newDesk } from '../e2e/support/desk.ts'

/** What a runner holds, and nobody who only writes a manifest may see. */
const secret = 'ghp_0123456789abcdefghijABCDEFGHIJ012345'
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
})

function manifestOf(file: string): string {
  const set = `permission_sets:\n  A: { inline_policy_file: ${JSON.stringify(file)} }\n`
  return `version: 1\nidentity_center: { region: eu-west-1 }\n${set}`
}

function withPolicy(file: string): Desk {
  return newDesk(undefined, manifestOf(file))
}

function place(desk: Desk, ...names: readonly string[]): string {
  const path = join(desk.work, ...names)
  mkdirSync(join(path, '..'), { recursive: true })
  return path
}

async function expectRefused(desk: Desk, code: string, extra = {}): Promise<void> {
  for (const words of [['validate'], ['validate', '--json'], ['plan', '--sandbox', '--json']]) {
    const { code: exit, stdout, stderr } = await run(desk, words, { HELD: secret, ...extra })
    expect(exit).toBe(1)
    expect(stdout + stderr).not.toContain(secret)
    expect(stdout + stderr).not.toContain(secret.slice(4, 16))
    if (words.includes('--json')) expect(JSON.parse(stdout).diagnostics).toMatchObject([{ code }])
  }
}

describe('a policy file', () => {
  test.each([
    ['an absolute path', '{home}/secret.json', {}],
    ['a path that climbs', '../home/secret.json', {}],
    ['a link that leads out', 'p.json', { 'p.json': '{home}/secret.json' }],
    ['a folder that is a link', 'policies/secret.json', { policies: '{home}' }],
    ['the environment of the process', '/proc/self/environ', {}],
    ['a link to it', 'p.yaml', { 'p.yaml': '/proc/self/environ' }],
    ['nothing, outside', '../../nothing.json', {}],
  ])('outside is refused without a word of it: %s', async (_what, named, links: Readonly<Record<string, string>>) => {
    const desk = newDesk()
    const at = (path: string) => path.replace('{home}', desk.home)
    writeFileSync(join(desk.home, 'secret.json'), policy.replace('s3:*', secret))
    writeFileSync(join(desk.work, 'sso.yaml'), manifestOf(at(named)))
    for (const [name, target] of Object.entries(links)) symlinkSync(at(target), join(desk.work, name))
    await expectRefused(desk, 'file-outside')
  })

  test.each([
    ['through a link to /', 'l/etc/{there}', { l: '/' }],
    ['through a file, by a link to /', 'l/etc/passwd/{there}', { l: '/' }],
    ['by a link that leads nowhere', 'd', { d: '/etc/{there}' }],
    ['by a link to such a link', 'd', { d: 'e', e: '/etc/{there}' }],
    ['through a file', '/etc/passwd/{there}', {}],
    ['by an absolute path', '/etc/{there}', {}],
    ['by a path that climbs', '../../../../../../etc/{there}', {}],
  ])(
    'outside looks the same whether it is there or not: %s',
    async (_what, named, links: Readonly<Record<string, string>>) => {
      const told = await Promise.all(
        ['group', 'nowhere', 'hosts/x'].map(async (there) => {
          const desk = withPolicy(named.replace('{there}', there))
          for (const [name, target] of Object.entries(links))
            symlinkSync(target.replace('{there}', there), join(desk.work, name))
          await expectRefused(desk, 'file-outside')
          const { stderr } = await run(desk, ['validate'])
          return stderr.replaceAll(there, 'X').replaceAll(/\^+/g, '^')
        }),
      )
      expect(new Set(told).size).toBe(1)
    },
  )

  test.each([
    ['.git/config', `[http]\n\textraheader = AUTHORIZATION: basic ${secret}\n`, 'yaml-syntax'],
    ['.env', `TOKEN=${secret}\n`, 'policy-json'],
    ['secrets.yaml', `token: ${secret}\n${secret}: 1\n`, 'policy-file'],
    ['secrets.yml', `token: !${secret} x\n`, 'yaml-syntax'],
    ['secrets.json', JSON.stringify({ token: secret, [secret]: 1 }), 'policy-file'],
    ['broken.json', `{ "token": ${secret} }`, 'policy-json'],
    ['list.json', JSON.stringify([secret]), 'value-type'],
    ['text.json', JSON.stringify(secret), 'value-type'],
    ['twice.yaml', `${secret}: 1\n${secret}: 2\n`, 'policy-file'],
  ])('inside that is no policy is not shown: %s', async (name, text, code) => {
    const desk = withPolicy(name)
    writeFileSync(place(desk, name), text)
    await expectRefused(desk, code)
  })

  test('is found beside the link and beside the manifest that a dotfiles manager links to', async () => {
    const desk = withPolicy('policies/p.json')
    const dotfiles = join(desk.folder, 'dotfiles')
    mkdirSync(join(dotfiles, 'policies'), { recursive: true })
    renameSync(join(desk.work, 'sso.yaml'), join(dotfiles, 'sso.yaml'))
    symlinkSync(join(dotfiles, 'sso.yaml'), join(desk.work, 'sso.yaml'))
    writeFileSync(join(dotfiles, 'policies', 'p.json'), policy)
    expect(await run(desk, ['validate'])).toMatchObject({ code: 0 })
    symlinkSync(join(dotfiles, 'policies'), join(desk.work, 'policies'))
    expect(await run(desk, ['validate'])).toMatchObject({ code: 0 })
  })

  test('that waits for a writer is refused at once', async () => {
    const desk = withPolicy('p.json')
    execFileSync('mkfifo', [join(desk.work, 'p.json')])
    expect((await runBinary(desk, ['validate'])).stderr).toContain('is not a regular file')
  })

  test('that somebody swaps for a link or a pipe while it is read is never read outside', async () => {
    const desk = withPolicy('p.json')
    const there = (name: string) => join(desk.work, name)
    writeFileSync(join(desk.home, 'secret.json'), policy.replace('s3:*', secret))
    writeFileSync(there('p.json'), policy)
    const swapping = setInterval(() => {
      symlinkSync(join(desk.home, 'secret.json'), there('next'))
      renameSync(there('next'), there('p.json'))
      writeFileSync(there('next'), policy)
      renameSync(there('next'), there('p.json'))
    }, 1)
    try {
      for (let n = 0; n < 8; n += 1) {
        const { code, stdout, stderr } = await runBinary(desk, ['plan', '--sandbox', '--sandbox-dir', `s${n}`])
        expect(stdout + stderr).not.toContain(secret)
        if (code !== 0)
          expect(stderr).toMatch(/is not inside the manifest's folder|there is no policy file|is not a regular file/)
      }
    } finally {
      clearInterval(swapping)
    }
  })
})

describe('what is no manifest', () => {
  test.each([
    ['/proc/self/environ', undefined],
    ['id', `-----BEGIN KEY-----\n${secret}\n`],
    ['.env', `TOKEN=${secret}\n`],
    ['k.yaml', `token: [${secret}\n`],
  ])('is not shown: %s', async (name, text) => {
    const desk = newDesk()
    if (text !== undefined) writeFileSync(join(desk.work, name), text)
    await expectRefused(desk, 'manifest', { SSO_RECONCILE_FILE: name })
    const saved = await run(desk, ['apply', name], { HELD: secret })
    expect(saved.code).toBe(1)
    expect(saved.stdout + saved.stderr).not.toContain(secret)
  })
})

describe('variables', () => {
  const manifest = (text: string) =>
    `version: 1\nidentity_center: { region: eu-west-1 }\ngroups: { g: { description: "${text}" } }\n`

  test('need to be allowed, all of them at once', async () => {
    const desk = newDesk(undefined, manifest('${ONE} ${TWO} ${SSO_THREE}'))
    const env = { ONE: 'first', TWO: 'second', SSO_THREE: 'third' }
    const { code, stderr } = await run(desk, ['plan', '--sandbox'], env)
    expect(code).toBe(1)
    expect(stderr).toContain('add --env ONE --env TWO, or set SSO_RECONCILE_ENV=ONE,TWO')
    expect(stderr).not.toMatch(/first|second/)
    for (const [words, more] of [
      [['--env', 'ONE', '--env', 'TWO'], {}],
      [['--env', 'ONE,TWO'], {}],
      [['--env', 'ONE'], { SSO_RECONCILE_ENV: 'OTHER, TWO' }],
      [[], { SSO_RECONCILE_ENV: 'ONE TWO' }],
    ] as const) {
      const planned = await run(desk, ['plan', '--sandbox', ...words], { ...env, ...more })
      expect(planned.stdout).toContain('first second third')
      if (words.length > 0) expect(planned.stdout).toContain('--env ONE')
    }
  })

  test('with a default take it where they are unset or empty, if they are allowed', async () => {
    const desk = newDesk(undefined, manifest('${SSO_A:-one} ${SSO_B:-two} ${SSO_C:-three}'))
    expect((await run(desk, ['plan', '--sandbox'], { SSO_B: '', SSO_C: 'given' })).stdout).toContain('one two given')
    expect(await run(newDesk(undefined, manifest('${USER:-x}')), ['validate'])).toMatchObject({ code: 1 })
  })

  test.each([
    ['a name', '${MY_TOKEN}', { MY_TOKEN: 'plain-words' }, ['--env', 'MY_TOKEN']],
    ['a value', '${SSO_X}', { SSO_X: secret }, []],
    ['an access key', '${SSO_X}', { SSO_X: 'AKIAIOSFODNN7EXAMPLE' }, []],
    ['credentials', '${AWS_SECRET_ACCESS_KEY}', {}, ['--env', 'AWS_SECRET_ACCESS_KEY']],
  ])('that look like a secret are never taken: by %s', async (_by, text, env, words) => {
    const { code, stdout, stderr } = await run(
      newDesk(undefined, manifest(text)),
      ['validate', '--json', ...words],
      env,
    )
    expect(code).toBe(1)
    expect(JSON.parse(stdout).diagnostics).toMatchObject([{ code: 'variable-secret' }])
    expect(stdout + stderr).not.toMatch(/plain-words|ghp_0|AKIAIOS|SECRET\+ACCESS/)
  })

  test('a value in place of a name is not repeated', async () => {
    const { code, stdout, stderr } = await run(newDesk(), ['validate', '--env', `TOKEN=${secret}`])
    expect(code).toBe(1)
    expect(stdout + stderr).not.toContain(secret)
  })

  test('in a policy the escape of the manifest is told', async () => {
    const desk = withPolicy('p.json')
    writeFileSync(
      place(desk, 'p.json'),
      policy.replace('"*"', () => '"arn:aws:s3:::x/$${aws:username}"'),
    )
    const { code, stderr } = await run(desk, ['validate'])
    expect(code).toBe(0)
    expect(stderr).toContain('write ${aws:userid} as AWS has it')
  })
})

describe('hostile sizes end', () => {
  const head = 'version: 1\nidentity_center: { region: eu-west-1 }\n'
  test.each([
    ['brackets', `${head}users: ${'['.repeat(200_000)}`, /nested more than 200 levels deep/],
    ['maps', `${head}users: ${'{a: '.repeat(100_000)}`, /nested more than 200 levels deep/],
    ['lists', `${head}users: \n  ${'- '.repeat(100_000)}`, /nested more than 200 levels deep/],
    ['keys', `${head}${'? '.repeat(100_000)}`, /nested more than 200 levels deep/],
    ['errors', `${head}${']'.repeat(1_000_000)}`, /not valid YAML/],
    ['aliases', `${head}users: ${'*a '.repeat(200_000)}`, /not valid YAML/],
    [
      'unknown keys',
      `${head}${Array.from({ length: 20_000 }, (_, n) => `k${n}: 1\n`).join('')}`,
      /and 19900 more errors/,
    ],
    ['rules', `${head}assignments:\n${'- {}\n'.repeat(20_000)}`, /more errors/],
    ['bytes', `${head}# ${'x'.repeat(5_000_000)}`, /larger than 5 MB/],
    [
      'one long line',
      `${head}users: {${Array.from({ length: 20_000 }, (_, n) => `k${n}: 1, `).join('')}}`,
      /more errors/,
    ],
  ])('%s', async (_what, text, told) => {
    const { code, stderr } = await start(newDesk(undefined, text), ['validate'], {}, [binary]).ended
    expect(code).toBe(1)
    expect(stderr).toMatch(told)
    expect(stderr.length).toBeLessThan(100_000)
  })

  test('one condition key as long as a file', async () => {
    const policy = `{ Version: "2012-10-17", Statement: [{ Effect: Allow, Action: "s3:*", Resource: "*", Condition: { Bool: { "${'-'.repeat(4_800_000)}": "true" } } }] }`
    const text = `${head}permission_sets: { A: { inline_policy: ${policy} } }\n`
    const { code, stderr } = await start(newDesk(undefined, text), ['validate'], {}, [binary]).ended
    expect(code).toBe(1)
    expect(stderr).toContain('names no service')
  })

  test.each([
    ['in force', ''],
    ['to come', ', from: 2999-01-01'],
  ])('a rule whose lists multiply to millions of assignments, %s', async (_what, when) => {
    const names = Array.from({ length: 2000 }, (_, n) => `n${n}`)
    const all = `{ ${names.map((name) => `${name}: { external: true }`).join(', ')} }`
    const text = `${head}users: ${all}\npermission_sets: ${all}\nassignments:\n  - { users: [${names}], permission_sets: [${names}], accounts: [management]${when} }\n`
    const { code, stderr } = await start(newDesk(undefined, text), ['plan', '--sandbox'], {}, [binary]).ended
    expect(code).toBe(1)
    expect(stderr).toContain('sso.yaml:6:5  error  with this rule the manifest asks for more than 200,000 assignments')
  })

  test('a saved plan without end', async () => {
    const desk = newDesk()
    writeFileSync(place(desk, 'plan.json'), '['.repeat(5_000_000))
    expect((await run(desk, ['apply', 'plan.json'])).stderr).toContain('is not a plan in a supported format')
  })
})
