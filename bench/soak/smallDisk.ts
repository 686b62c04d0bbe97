import { execFile } from 'node:child_process'
import { chmod, mkdtemp, open, rm, statfs, writeFile, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Of the file that holds the disk; what is never written takes no room on the disk below. */
const IMAGE_BYTES = 6 * 1024 ** 3

/** Left by the first, quick stroke to those that follow. */
const LAST_BYTES = 1024 ** 2

/** A disk of its own that can be filled to the last byte and emptied again. */
export class SmallDisk {
  readonly #ballast: string[] = []

  private constructor(readonly folder: string, readonly image: string) {}

  /** Undefined where this account may not mount. */
  static async mount(): Promise<SmallDisk | undefined> {
    const folder = await mkdtemp(join(tmpdir(), 'salter-disk-'))
    const image = `${folder}.image`
    try {
      await writeFile(image, '')
      await truncate(image, IMAGE_BYTES)
      await run('mkfs.ext4', ['-q', '-m', '0', '-E', 'lazy_itable_init=1,lazy_journal_init=1', image]) // -m 0: nothing is kept for root
      await run('mount', ['-o', 'loop', image, folder])
      await chmod(folder, 0o711)
      return new SmallDisk(folder, image)
    } catch (error) {
      console.log(`No disk of its own can be mounted here, so none can be filled: ${(error as Error).message.trim()}`)
      await rm(image, { force: true })
      await rm(folder, { recursive: true, force: true })
      return undefined
    }
  }

  /** Takes all the room there is, also what became free since the last time. */
  async fill(): Promise<void> {
    const { bavail, bsize } = await statfs(this.folder)
    if (bavail * bsize > 2 * LAST_BYTES) await run('fallocate', ['-l', String(bavail * bsize - LAST_BYTES), this.#newBallast()])
    const file = await open(this.#newBallast(), 'w')
    try {
      for (const block = Buffer.alloc(bsize); ;) await file.write(block)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    } finally {
      await file.close()
    }
  }

  /** Gives back the room that was taken. */
  async empty(): Promise<void> {
    for (const file of this.#ballast.splice(0)) await rm(file, { force: true })
  }

  async unmount(): Promise<void> {
    await run('umount', [this.folder])
    await rm(this.folder, { recursive: true })
    await rm(this.image)
  }

  #newBallast(): string {
    const file = join(this.folder, `ballast-${this.#ballast.length}`)
    this.#ballast.push(file)
    return file
  }
}
