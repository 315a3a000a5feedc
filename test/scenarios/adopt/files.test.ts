import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newFolder } from '../e2e/support/desk.ts'
import { drifted, head, open } from './support.ts'

const declared = `users:
\t# tabs in a comment\there
  taro: &taro { given_name: Taro, family_name: Yamada, email: taro@example.com }
permission_sets:
  Look: { description: Old, managed_policies: &read [ReadOnlyAccess] }   # \tbeside
  Run: { managed_policies: *read }
`.replace('\t#', '  #')
const live = declared.replace('Old', 'New')
const address = 'permission-set/Look'

describe.concurrent('adopt', () => {
  it('keeps a byte order mark', async () => {
    const office = await drifted(live, declared)
    office.writeText(`\uFEFF${head}${declared}`)
    const { code, stderr } = await office.run(['adopt', address])
    expect(code, stderr).toBe(0)
    expect(readFileSync(join(office.desk.work, 'sso.yaml'), 'utf8')).toBe(`\uFEFF${head}${live}`)
  })

  it('writes through a link, keeps the link, and keeps the mode of the file', async () => {
    const office = await drifted(live, declared)
    const [path, folder] = [join(office.desk.work, 'sso.yaml'), newFolder()]
    mkdirSync(folder, { recursive: true })
    const real = join(folder, 'dotfiles.yaml')
    writeFileSync(real, readFileSync(path), { mode: 0o640 })
    chmodSync(real, 0o640)
    renameSync(path, `${path}.old`)
    symlinkSync(real, path)
    const { code, stderr } = await office.run(['adopt', address])
    expect(code, stderr).toBe(0)
    expect(lstatSync(path).isSymbolicLink()).toBe(true)
    expect([readFileSync(real, 'utf8'), statSync(real).mode & 0o777]).toEqual([head + live, 0o640])
  })

  it.each<readonly [string, string, string, string]>([
    ['an anchor that another set takes', 'ReadOnlyAccess', 'SecurityAudit', 'permission-set/Look'],
    ['an alias', '*read', '[SecurityAudit]', 'permission-set/Run'],
  ])('writes nothing into %s, and says why', async (_what, from, to, at) => {
    const text = `${declared}groups: {}\n`
    const office = await drifted(text.replace(from, to), text)
    const { code, stderr } = await office.run(['adopt', at])
    const now = office.text()
    if (code === 0) expect((await open(office)).filter((one) => one.endsWith(at))).toEqual([])
    else {
      expect(stderr).toMatch(/^sso\.yaml:\d+:\d+ {2}error|^error/m)
      expect(stderr).toContain('hint: ')
      expect(now).toBe(text)
    }
  })

  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
  ])('gives a member a line of its own in a list between brackets: %s', async (_how, ends) => {
    const people = `users:
  taro: { given_name: Taro, family_name: Yamada, email: taro@example.com }
  mika: { given_name: Mika, family_name: Ito, email: mika@example.com }
  saki: { given_name: Saki, family_name: Ito, email: saki@example.com }
`
    const groups = (members: string) => `groups:\n  crew: { members: [\n      taro, # main\n${members}    ] } # all\n`
    const [mine, theirs] = [groups('      mika # other\n'), groups('      mika, # other\n      saki\n')]
    const office = await drifted(people + theirs, (people + mine).replaceAll('\n', ends))
    const more = await office.run(['adopt', 'membership/crew:saki'])
    expect(more.code, more.stderr).toBe(0)
    expect(office.text()).toBe((people + theirs).replaceAll('\n', ends))
    expect(await open(office)).toEqual([])
  })

  it('takes attributes for access control', async () => {
    const attributes = (path: string) =>
      `access_control_attributes: # sent\n  Team: $\{path:${path}} # who\n  CostCenter: $\{path:enterprise.costCenter}\n`
    const [mine, theirs] = [attributes('userName'), attributes('title')]
    const office = await drifted(theirs + declared, mine + declared)
    const addresses = (await open(office)).map((one) => one.split(' ')[1] ?? '')
    expect(addresses.length).toBeGreaterThan(0)
    const { code, stderr } = await office.run(['adopt', ...addresses])
    expect(code, stderr).toBe(0)
    expect(office.text()).toBe((theirs + declared).replace(/\$\{path:title\}/, '"$&"'))
    expect(await open(office)).toEqual([])
  })

  it('takes a policy in which AWS has variables of its own', async () => {
    const policy = (name: string) => `permission_sets:
  Home:
    inline_policy:
      Version: "2012-10-17"
      Statement:
        - Effect: Allow
          Action: [s3:GetObject]
          Resource: arn:aws:s3:::homes/$\{aws:PrincipalTag/${name}}/* # own
`
    const office = await drifted(policy('team'), policy('unit'))
    const { code, stderr } = await office.run(['adopt', 'permission-set/Home'])
    expect(code, stderr).toBe(0)
    expect(office.text()).toBe(policy('team').replace(/arn:\S*/, '"$&"'))
    expect(await open(office)).toEqual([])
  })

  it.each([['adopt'], ['ignore']])(
    '%s works as the hint of a plan prints it, whatever was asked for',
    async (command) => {
      const office = await drifted(`${declared}  Extra: {}\n`, declared)
      const [path, other] = [join(office.desk.work, 'sso.yaml'), join(office.desk.work, 'my sso.yaml')]
      renameSync(path, other)
      const words = ['plan', '--file', 'my sso.yaml', '--only', 'permission_sets', '--env', 'SOME', '--thorough']
      const { stdout, stderr } = await office.run([...words, '--target', 'permission-set/Extra'])
      const said = stdout.replace(/\s+/g, ' ')
      expect(said, stderr).toContain('Keep what is live: sso-reconcile adopt permission-set/Extra')
      const printed = new RegExp(`sso-reconcile ${command} (.*?)(?: \\(into| or sso|$| Left)`).exec(said)?.[1] ?? ''
      expect(printed).toContain("--file 'my sso.yaml'")
      const parts = printed.trim().match(/'[^']*'|\S+/g) ?? []
      const ran = await office.run([command, ...parts.map((one) => one.replaceAll("'", ''))])
      expect(ran.code, `${printed}\n${ran.stderr}`).toBe(0)
      expect(
        await office.plan('--file', 'my sso.yaml', '--target', 'permission-set/Extra').catch(() => undefined),
      ).toBeDefined()
      expect((await office.plan('--file', 'my sso.yaml')).operations.map(({ address: at }) => at)).not.toContain(
        'permission-set/Extra',
      )
    },
  )
})
