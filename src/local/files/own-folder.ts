import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Makes a folder that is no part of the repository it may lie in: git passes over all of it. One that is there stays as it is. */
export async function makeOwnFolder(folder: string): Promise<void> {
  if (await mkdir(folder, { recursive: true })) await writeFile(join(folder, '.gitignore'), '*\n')
}
