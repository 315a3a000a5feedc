/** What a new kind begins with. Whatever has to be filled in is empty, and the contract says what belongs there. */

export function folderText({ name, side, camel, section }) {
  const type = side === 'cloud' ? 'CloudKind' : 'LocalKind'
  return `import type { ${type} } from '../kind.ts'

/** To fill in: what one of these is, and where AWS or this machine keeps it. */
export const ${camel}: ${type}<'${name}'> = {
  name: '${name}',
  side: '${side}',
  title: '',
  summary: '',
  sections: ['${section}'],
  after: [],
  addressSays: 'name',
  complete: false,
  ignore: { never: '' },
  adopt: { never: '' },
${side === 'cloud' ? cloudMembers : localMembers}
  desired: () => new Map(),
  deleteReason: () => undefined,
  needs: () => [],
}
`
}

const cloudMembers = `  operations: {},

  observe: async () => ({ entries: new Map() }),

  async apply() {
    throw new Error('apply: make the change, and give the reference of what was created')
  },
`

const localMembers = `  files: [],

  fileOf() {
    throw new Error('fileOf: name the file that a thing is in (src/kinds/local-files.ts)')
  },

  live: () => new Map(),
`

export function specText({ name, pascal }) {
  return `
/** To fill in: what a person writes about one ${name.replaceAll('-', ' ')}, normalised; the name is in the address. */
export interface ${pascal}Spec extends JsonObject {}
`
}

export function schemaFragment({ name, section }) {
  const fragment = {
    title: `${section[0].toUpperCase()}${section.slice(1).replaceAll('_', ' ')}`,
    description: `To fill in: what the section is, and what leaving something out of it means.`,
    type: 'object',
    additionalProperties: false,
    examples: [{}],
  }
  const lines = JSON.stringify({ [section]: fragment }, null, 2)
    .split('\n')
    .slice(1, -1)
  return `${lines.map((line) => `  ${line}`).join('\n')},\n`.replace(name, name)
}

export function exampleText({ name, section }) {
  return `import type { Example } from '../contract/example.ts'

/** To fill in: one of these comes, changes and goes. The members are explained in ../contract/example.ts. */
export const example: Example = {
  address: '${name}/first',
  without: '${section}: {}\\n',
  with: '${section}: {}\\n',
  changed: '${section}: {}\\n',
  paths: [],
  shows: [],
}
`
}
