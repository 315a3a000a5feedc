import type { FieldWords } from '../declaration.ts'

const roles: Readonly<Record<string, string>> = {
  'roles.value': 'role',
  'roles.type': 'role type',
  'roles.primary': 'primary role',
}

/** How attributes are shown: AWS keeps one role, of which the parts change one by one. */
export const words: FieldWords = { name: (path) => roles[path] ?? path.replaceAll('_', ' ') }
