import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Files, folderOf, head, loadIn, problemsIn } from './files.ts'

const team = (name: string) => `version: 1\ngroups:\n  ${name}: {}\n`
const including = (...entries: string[]) => `${head}include:\n${entries.map((one) => `  - ${one}\n`).join('')}`

/** What is wrong, and with which files. */
const rows: readonly (readonly [what: string, files: Files, problem: string])[] = [
  [
    'a path to nothing',
    { 'sso.yaml': including('teams/a.yaml') },
    'sso.yaml:4:5 include-missing there is no file teams/a.yaml',
  ],
  [
    'a pattern that matches nothing',
    { 'sso.yaml': including('teams/*.yaml'), 'teams/a.yml': team('A') },
    'sso.yaml:4:5 include-none include: no file matches "teams/*.yaml"',
  ],
  [
    'a pattern in a folder that is not there',
    { 'sso.yaml': including('teams/*.yaml') },
    'sso.yaml:4:5 include-none include: no file matches "teams/*.yaml"',
  ],
  [
    'hidden files alone',
    { 'sso.yaml': including('teams/*.yaml'), 'teams/.a.yaml': team('A') },
    'sso.yaml:4:5 include-none include: no file matches "teams/*.yaml"',
  ],
  [
    'an empty file',
    { 'sso.yaml': including('a.yaml'), 'a.yaml': '# all gone\n' },
    'a.yaml:1:1 manifest-empty a.yaml is included and empty',
  ],
  [
    'a file that is no manifest',
    { 'sso.yaml': including('a.yaml'), 'a.yaml': 'PASSWORD: x\n' },
    'a.yaml:1:1 manifest a.yaml is not a part of a manifest, so its content is not shown',
  ],
  [
    'a private key',
    { 'sso.yaml': including('a.yaml'), 'a.yaml': 'version: 1\n-----BEGIN OPENSSH PRIVATE KEY-----\n' },
    'a.yaml:1:1 manifest a.yaml is not a part of a manifest, so its content is not shown',
  ],
  [
    'no version',
    { 'sso.yaml': including('a.yaml'), 'a.yaml': 'users: {}\ngroups: {}\n' },
    'a.yaml:1:1 key-missing a.yaml has no version',
  ],
  [
    'another version',
    { 'sso.yaml': including('a.yaml'), 'a.yaml': 'version: 2\nusers: {}\ngroups: {}\n' },
    'a.yaml:1:10 version manifest version 2 is not supported',
  ],
  [
    'no YAML',
    { 'sso.yaml': including('a.yaml'), 'a.yaml': 'version: 1\nusers: [\n' },
    'a.yaml:2:8 yaml-syntax the [ is not closed',
  ],
  [
    'a section of the wrong shape',
    { 'sso.yaml': including('a.yaml'), 'a.yaml': 'version: 1\nusers: [taro]\n' },
    'a.yaml:2:8 value-type users: expected a map, found a list',
  ],
  [
    'a section without a value',
    { 'sso.yaml': including('a.yaml'), 'a.yaml': 'version: 1\nassignments:\n' },
    'a.yaml:2:1 value-empty assignments is empty',
  ],
  [
    'a list of the wrong shape',
    { 'sso.yaml': including('a.yaml'), 'a.yaml': 'version: 1\nabsent: { users: taro }\n' },
    'a.yaml:2:18 value-type users: expected a list, found the text "taro"',
  ],
  [
    'other files',
    { 'sso.yaml': including('a.yaml'), 'a.yaml': 'version: 1\ninclude: [b.yaml]\n', 'b.yaml': team('B') },
    'a.yaml:2:1 include-section an included file includes no others',
  ],
  ...['name', 'limits', 'local', 'checklist', 'revoked', 'identity_center', 'access_control_attributes'].map(
    (section) =>
      [
        section,
        { 'sso.yaml': including('a.yaml'), 'a.yaml': `version: 1\n${section}: {}\n` },
        `a.yaml:2:1 include-section ${section} is not for included files`,
      ] as const,
  ),
  [
    'a key that is none',
    { 'sso.yaml': including('a.yaml'), 'a.yaml': 'version: 1\nuser: {}\n' },
    'a.yaml:2:1 key-unknown unknown key "user" in the manifest',
  ],
  [
    'a merge key',
    { 'sso.yaml': including('a.yaml'), 'a.yaml': 'version: 1\nusers: { <<: {} }\n' },
    'a.yaml:2:10 key-merge merge keys (<<) are not supported',
  ],
  [
    'an anchor of another file',
    {
      'sso.yaml': `${including('a.yaml')}users: { t: &one { external: true } }\n`,
      'a.yaml': 'version: 1\nusers: { u: *one }\n',
    },
    'a.yaml:2:13 alias-unknown there is no anchor &one',
  ],
  [
    'the manifest itself',
    { 'sso.yaml': including('"*.yaml"') },
    'sso.yaml:4:5 include-itself include: sso.yaml is the manifest itself',
  ],
  [
    'a file twice, with other limits',
    {
      'sso.yaml': including('"*/a.yaml"', '{ files: teams/a.yaml, only: { groups: [A] } }'),
      'teams/a.yaml': team('A'),
    },
    'sso.yaml:5:14 include-twice include: teams/a.yaml is included at sso.yaml:4:5 too, with other limits',
  ],
  [
    'an empty folder on the way',
    { 'sso.yaml': including('"teams/*/sso.yaml"'), 'teams/a/sso.yaml': team('A'), 'teams/b/.keep': '' },
    'none',
  ],
  [
    'an absolute path',
    { 'sso.yaml': including('/etc/passwd') },
    'sso.yaml:4:5 include-path include: "/etc/passwd" is an absolute path',
  ],
  [
    'a path out of the folder',
    { 'sso.yaml': including('teams/../../a.yaml') },
    'sso.yaml:4:5 include-path include: "teams/../../a.yaml" leads out of the folder of the manifest',
  ],
  [
    'a path of Windows',
    { 'sso.yaml': including("'teams\\a.yaml'"), 'teams/a.yaml': team('A') },
    'sso.yaml:4:5 include-path include: "teams\\\\a.yaml" has a \\',
  ],
  [
    'any depth',
    { 'sso.yaml': including('"**/a.yaml"') },
    'sso.yaml:4:5 include-path include: "**/a.yaml" has **, which is not supported',
  ],
  [
    'a question mark',
    { 'sso.yaml': including('"a?.yaml"') },
    'sso.yaml:4:5 include-path include: "a?.yaml" has ?, which means nothing here',
  ],
  [
    'a text for the list',
    { 'sso.yaml': `${head}include: a.yaml\n` },
    'sso.yaml:3:10 value-type include: expected a list, found the text "a.yaml"',
  ],
  ['an empty list', { 'sso.yaml': `${head}include: []\n` }, 'sso.yaml:3:10 list-length include is an empty list'],
  [
    'a key that no entry has',
    { 'sso.yaml': `${head}include: [{ file: a.yaml }]\n` },
    'sso.yaml:3:13 key-unknown unknown key "file" in include[0]',
  ],
  [
    'limits that say nothing',
    { 'sso.yaml': including('{ files: a.yaml, only: {} }'), 'a.yaml': 'version: 1\n' },
    'sso.yaml:4:28 map-size only is empty',
  ],
]

describe('a manifest that includes', () => {
  it.each(rows)('%s is refused at its place, or not at all', async (_what, files, problem) => {
    const problems = await problemsIn(folderOf(files))
    expect(problems.length === 0 ? ['none'] : problems).toContain(problem)
  })

  it('a file that could not be read is the only thing that is wrong: nothing is said of names that it may declare', async () => {
    const rest =
      'permission_sets: { S: {} }\nassignments: [{ groups: [A], permission_sets: [S], accounts: [management] }]\n'
    expect(await problemsIn(folderOf({ 'sso.yaml': including('a.yaml') + rest }))).toEqual([
      'sso.yaml:4:5 include-missing there is no file a.yaml',
    ])
  })

  it('a folder that is empty, as one of a submodule that is not checked out, is no folder without a team', async () => {
    const folder = folderOf({ 'sso.yaml': including('"teams/*/sso.yaml"'), 'teams/a/sso.yaml': team('A') })
    mkdirSync(join(folder, 'teams/b'))
    expect(await problemsIn(folder)).toEqual([
      'sso.yaml:4:5 include-empty-folder include: the folder teams/b, which "teams/*/sso.yaml" reaches, is empty',
    ])
  })

  it('a folder, a pipe, text that is no UTF-8 and links that lead out are refused', async () => {
    const outside = folderOf({ 'secret.yaml': team('A'), 'folder/x.yaml': team('A') })
    const folder = folderOf({
      'sso.yaml': including('folder', 'pipe', 'latin', 'out', '"linked/*.yaml"', '"*/x.yaml"'),
    })
    mkdirSync(join(folder, 'folder'))
    execFileSync('mkfifo', [join(folder, 'pipe')])
    writeFileSync(join(folder, 'latin'), Buffer.from('version: 1\nusers: {} # \xe9', 'latin1'))
    symlinkSync(join(outside, 'secret.yaml'), join(folder, 'out'))
    symlinkSync(join(outside, 'folder'), join(folder, 'linked'))
    expect(await problemsIn(folder)).toEqual(
      [
        'sso.yaml:4:5 file-folder folder is a folder; expected a file',
        'sso.yaml:5:5 file-kind pipe is not a regular file',
        'sso.yaml:6:5 file-encoding latin is not UTF-8 text',
        "sso.yaml:7:5 file-outside out is not inside the manifest's folder",
        "sso.yaml:8:5 file-outside linked is not inside the manifest's folder",
        'sso.yaml:9:5 include-empty-folder include: the folder folder, which "*/x.yaml" reaches, is empty',
      ].toSpliced(5, 1, "sso.yaml:9:5 file-outside linked is not inside the manifest's folder"),
    )
  })

  it('the same file by a pattern, by its name and by a link is read once', async () => {
    const folder = folderOf({ 'sso.yaml': including('"teams/*.yaml"', './teams/a.yaml'), 'teams/a.yaml': team('A') })
    symlinkSync('a.yaml', join(folder, 'teams/b.yaml'))
    expect((await loadIn(folder)).parts?.map(({ file }) => file.slice(folder.length + 1))).toEqual([
      'sso.yaml',
      'teams/a.yaml',
    ])
  })

  it('files are read in the order of entries, and of a pattern in that of code points', async () => {
    const names = ['Z', 'a', 'é', '～', '𐀀']
    const files = Object.fromEntries(names.map((name) => [`teams/${name}.yaml`, team(name)]))
    const folder = folderOf({
      'sso.yaml': including('first.yaml', '"teams/*.yaml"'),
      'first.yaml': team('first'),
      ...files,
    })
    const { manifest, parts } = await loadIn(folder)
    expect(Object.keys(manifest.groups ?? {})).toEqual(['first', ...names])
    expect(parts?.length).toBe(7)
  })

  it('a manifest that is a link, as dotfiles managers make them, includes what is beside the file it leads to', async () => {
    const dotfiles = folderOf({
      'sso.yaml': including('"teams/*.yaml"', 'b.yaml'),
      'teams/a.yaml': team('A'),
      'b.yaml': team('B'),
    })
    const home = folderOf({})
    symlinkSync(join(dotfiles, 'sso.yaml'), join(home, 'sso.yaml'))
    expect(Object.keys((await loadIn(home)).manifest.groups ?? {})).toEqual(['A', 'B'])
  })

  it('more files than anybody has are refused before all of them are read', async () => {
    const many = Array.from({ length: 1001 }, (_, index) => [`teams/${index}.yaml`, team(`g${index}`)] as const)
    const folder = folderOf({ 'sso.yaml': including('"teams/*.yaml"'), ...Object.fromEntries(many) })
    expect(await problemsIn(folder)).toEqual([
      'sso.yaml:4:5 include-large include: with teams/999.yaml there is more than 1000 files and 20 MB',
    ])
  })

  it('a variable may be part of a path', async () => {
    const folder = folderOf({ 'sso.yaml': including('"teams/$' + '{SSO_TEAM}.yaml"'), 'teams/A.yaml': team('A') })
    expect(Object.keys((await loadIn(folder)).manifest.groups ?? {})).toEqual(['A'])
  })

  it('a policy file is relative to the file that names it, and inside the folder of that', async () => {
    const policy = '{"Statement":[{"Effect":"Deny","Action":"s3:GetObject","Resource":"*"}]}'
    const set = (file: string) => `version: 1\npermission_sets: { S: { inline_policy_file: ${file} } }\n`
    const files = { 'sso.yaml': including('teams/a.yaml'), 'p.json': policy, 'teams/q.json': policy }
    const { manifest } = await loadIn(folderOf({ ...files, 'teams/a.yaml': set('q.json') }))
    expect(manifest.permission_sets?.S?.inline_policy).toEqual(JSON.parse(policy))
    expect(await problemsIn(folderOf({ ...files, 'teams/a.yaml': set('../p.json') }))).toEqual([
      "teams/a.yaml:2:45 file-outside p.json is not inside the manifest's folder",
    ])
  })
})
