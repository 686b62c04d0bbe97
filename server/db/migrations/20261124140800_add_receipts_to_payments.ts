/**
 * What was received for a payment, each transfer once: a bank tells the same twice, a payer pays twice, and a sum without a known
 * reference still has to be found by somebody.
 */
import type { Knex } from 'knex'

export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    ALTER TABLE payments
      ADD COLUMN reference_key text NOT NULL,
      ADD COLUMN due_at timestamptz NOT NULL,
      ADD COLUMN received_minor integer NOT NULL DEFAULT 0;
    CREATE UNIQUE INDEX payments_of_case ON payments (tenant_id, case_id);
    CREATE UNIQUE INDEX payments_of_reference ON payments (tenant_id, reference_key);

    CREATE TABLE payment_receipts (
      tenant_id       text NOT NULL REFERENCES tenants,
      id              uuid NOT NULL,
      -- none: nothing was asked under this reference
      payment_id      uuid,
      -- the bank's own id of the transfer, or the number of the slip that a clerk saw
      transaction_id  text NOT NULL,
      source          text NOT NULL CHECK (source IN ('bank', 'paper')),
      reference       text NOT NULL,
      amount_minor    integer NOT NULL CHECK (amount_minor > 0),
      currency        text NOT NULL,
      paid_at         timestamptz NOT NULL,
      noted_at        timestamptz NOT NULL,
      noted_by        text NOT NULL,
      PRIMARY KEY (tenant_id, id),
      UNIQUE (tenant_id, source, transaction_id),
      FOREIGN KEY (tenant_id, payment_id) REFERENCES payments
    );
    CREATE INDEX payment_receipts_of_payment ON payment_receipts (tenant_id, payment_id, paid_at);
    ALTER TABLE payment_receipts ENABLE ROW LEVEL SECURITY;
    ALTER TABLE payment_receipts FORCE ROW LEVEL SECURITY;
    CREATE POLICY tenant_wall ON payment_receipts USING (tenant_id = current_tenant()) WITH CHECK (tenant_id = current_tenant());
    -- What was received stays as it was told.
    GRANT SELECT, INSERT ON payment_receipts TO salter_app;
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(`
    DROP TABLE payment_receipts;
    ALTER TABLE payments DROP COLUMN reference_key, DROP COLUMN due_at, DROP COLUMN received_minor;
    DROP INDEX IF EXISTS payments_of_case;
  `)
}
