import { readFile, stat } from 'node:fs/promises'
import { type Diagnostic, error, Refusal } from '../model/diagnostic.ts'

/** A text and the file it came from, as the user wrote the name; messages use it as it is. */
export interface Source {
  readonly file: string
  readonly text: string
}

const init = 'run "sso-reconcile init" to write one, or name another file with -f'

/** Reads a manifest as UTF-8. Throws a Refusal when the file is missing, not a regular file, unreadable or not UTF-8. */
export async function readManifestFile(file: string): Promise<Source> {
  return { file, text: await readText(file, 'manifest', init) }
}

/** Reads a policy file named by `inline_policy_file`. Throws a Refusal as readManifestFile does. */
export async function readPolicyFile(file: string): Promise<string> {
  return readText(file, 'policy file', 'the path is relative to the folder of the manifest')
}

async function readText(file: string, what: string, whenMissing: string): Promise<string> {
  const bytes = await readBytes(file).catch((cause: NodeJS.ErrnoException) => {
    throw new Refusal(unreadable(cause, file, what, whenMissing), { cause })
  })
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    const message = `${file} is not UTF-8 text`
    throw new Refusal(error('file-encoding', message, { hint: 'save the file as UTF-8', at: top(file) }), { cause })
  }
}

/** Looks before it opens: opening a FIFO would wait for a writer for ever. */
async function readBytes(file: string): Promise<Uint8Array> {
  const status = await stat(file)
  if (status.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' })
  if (!status.isFile()) throw Object.assign(new Error('is not a regular file'), { code: 'ENOTFILE' })
  return readFile(file)
}

function unreadable(cause: NodeJS.ErrnoException, file: string, what: string, whenMissing: string): Diagnostic {
  const at = top(file)
  switch (cause.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return error('file-missing', `there is no ${what} ${file}`, { hint: whenMissing })
    case 'EISDIR':
      return error('file-folder', `${file} is a folder, a ${what} was expected`, { hint: 'name the file itself', at })
    case 'ENOTFILE':
      return error('file-kind', `${file} is not a regular file`, { hint: 'pipes and devices are not read', at })
    case 'EACCES':
    case 'EPERM':
      return error('file-permission', `${file} may not be read`, { hint: `try: chmod u+r ${file}`, at })
    case 'ELOOP':
      return error('file-link', `${file} is a symbolic link that leads back to itself`, { hint: 'repair the link', at })
    default:
      return error('file-unreadable', `${file} cannot be read: ${cause.message}`, { hint: 'check the file', at })
  }
}

function top(file: string) {
  return { file, line: 1, column: 1 }
}
