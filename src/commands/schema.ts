import { jsonText } from '../text/json.ts'
import { oneOf } from '../usage/argument.ts'
import { command } from '../usage/command.ts'

/** `schema`: a JSON Schema, as editors and checks take it. */
export const schema = command({
  name: 'schema',
  summary: 'print the JSON Schema of the manifest, of an included file, of a plan or of the events of apply --json',
  arguments: { name: oneOf('name', 'which schema', ['manifest', 'included', 'plan', 'events'], 'manifest') },
  options: {},
  async run(runtime, { name }) {
    runtime.out(`${jsonText(await schemaNamed(name), 2)}\n`)
    return 0
  },
})

async function schemaNamed(name: string): Promise<object> {
  if (name === 'plan') return (await import('../../schema/plan.schema.json', { with: { type: 'json' } })).default
  if (name === 'included')
    return (await import('../../schema/included.schema.json', { with: { type: 'json' } })).default
  if (name === 'events')
    return (await import('../../schema/apply-events.schema.json', { with: { type: 'json' } })).default
  return (await import('../../schema/sso.schema.json', { with: { type: 'json' } })).default
}
