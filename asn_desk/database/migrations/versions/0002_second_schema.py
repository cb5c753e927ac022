"""second schema."""

import sqlalchemy as sa
from alembic import op

from asn_desk.database.migrations import second_schema


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('accounts_state',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('lock_minutes', sa.Integer(), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_accounts_state_single')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_accounts_state'))
    )
    op.create_table('approvals',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('act', sa.String(length=40), nullable=False),
    sa.Column('subject', sa.String(length=80), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('requested_by', sa.Integer(), nullable=True),
    sa.Column('requested_name', sa.String(length=200), nullable=False),
    sa.Column('requested_at', sa.DateTime(), nullable=False),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('decided_name', sa.String(length=200), nullable=True),
    sa.Column('decided_at', sa.DateTime(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_approvals'))
    )
    with op.batch_alter_table('approvals', schema=None) as batch_op:
        batch_op.create_index('ix_approvals_act_subject', ['act', 'subject'], unique=False)

    op.create_table('column_memory',
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('columns', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('fingerprint', name=op.f('pk_column_memory'))
    )
    op.create_table('import_options',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('private', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_import_options_single')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_options'))
    )
    op.create_table('non_asn_policies',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('policy', sa.String(length=20), nullable=False),
    sa.Column('document_number', sa.String(length=120), nullable=False),
    sa.Column('document_date', sa.Date(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.Column('recorded_by', sa.String(length=200), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_non_asn_policies'))
    )
    op.create_table('office_keys',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('secret', sa.String(length=128), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_office_keys')),
    sa.UniqueConstraint('name', name=op.f('uq_office_keys_name'))
    )
    op.create_table('post_references',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('siasn_id', sa.String(length=64), nullable=True),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('folded_name', sa.String(length=300), nullable=False),
    sa.Column('unit_name', sa.String(length=300), nullable=False),
    sa.Column('eselon', sa.String(length=20), nullable=False),
    sa.Column('level', sa.String(length=40), nullable=False),
    sa.Column('retirement_age', sa.Integer(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_post_references')),
    sa.UniqueConstraint('siasn_id', name=op.f('uq_post_references_siasn_id'))
    )
    with op.batch_alter_table('post_references', schema=None) as batch_op:
        batch_op.create_index('ix_post_references_folded_name', ['folded_name'], unique=False)

    op.create_table('search_words',
    sa.Column('spelling', sa.String(length=40), nullable=False),
    sa.Column('word', sa.String(length=40), nullable=False),
    sa.PrimaryKeyConstraint('spelling', 'word', name=op.f('pk_search_words'))
    )
    op.create_table('seen_packs',
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('file', sa.String(length=120), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('seen_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_seen_packs'))
    )
    op.create_table('import_steps',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['run_id'], ['import_runs.id'], name=op.f('fk_import_steps_run_id_import_runs')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_steps'))
    )
    with op.batch_alter_table('import_steps', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_steps_run_id'), ['run_id'], unique=False)

    op.create_table('rule_changes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('target', sa.String(length=200), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('document_number', sa.String(length=160), nullable=False),
    sa.Column('document_date', sa.Date(), nullable=False),
    sa.Column('file_sha256', sa.String(length=64), nullable=True),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.Column('recorded_by', sa.String(length=200), nullable=False),
    sa.Column('ended_at', sa.DateTime(), nullable=True),
    sa.Column('ended_by', sa.String(length=200), nullable=False),
    sa.Column('end_reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['file_sha256'], ['stored_files.sha256'], name=op.f('fk_rule_changes_file_sha256_stored_files')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rule_changes'))
    )
    with op.batch_alter_table('rule_changes', schema=None) as batch_op:
        batch_op.create_index('ix_rule_changes_kind_target', ['kind', 'target'], unique=False)

    op.create_table('saved_filters',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('folded_name', sa.String(length=120), nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_saved_filters_user_id_users'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_saved_filters')),
    sa.UniqueConstraint('user_id', 'folded_name', name=op.f('uq_saved_filters_user_id_folded_name'))
    )
    op.create_table('scan_files',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=260), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('taken_in_at', sa.DateTime(), nullable=False),
    sa.Column('taken_in_by', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['sha256'], ['stored_files.sha256'], name=op.f('fk_scan_files_sha256_stored_files')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scan_files')),
    sa.UniqueConstraint('sha256', name=op.f('uq_scan_files_sha256'))
    )
    op.create_table('unit_changes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('before', sa.String(length=300), nullable=False),
    sa.Column('after', sa.String(length=300), nullable=False),
    sa.Column('changed_on', sa.Date(), nullable=False),
    sa.Column('changed_by', sa.String(length=200), nullable=False),
    sa.Column('into_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['into_id'], ['units.id'], name=op.f('fk_unit_changes_into_id_units')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_unit_changes_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit_changes'))
    )
    with op.batch_alter_table('unit_changes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unit_changes_unit_id'), ['unit_id'], unique=False)

    op.create_table('user_secrets',
    sa.Column('user_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=False),
    sa.Column('must_change', sa.Boolean(), nullable=False),
    sa.Column('failed_tries', sa.Integer(), nullable=False),
    sa.Column('locked_until', sa.DateTime(), nullable=True),
    sa.Column('changed_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_user_secrets_user_id_users')),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_user_secrets'))
    )
    op.create_table('employee_private',
    sa.Column('employee_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['employee_id'], ['employees.id'], name=op.f('fk_employee_private_employee_id_employees')),
    sa.PrimaryKeyConstraint('employee_id', name=op.f('pk_employee_private'))
    )
    op.create_table('import_marks',
    sa.Column('employee_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('context', sa.LargeBinary(length=16), nullable=False),
    sa.Column('digest', sa.LargeBinary(length=16), nullable=False),
    sa.ForeignKeyConstraint(['employee_id'], ['employees.id'], name=op.f('fk_import_marks_employee_id_employees')),
    sa.PrimaryKeyConstraint('employee_id', name=op.f('pk_import_marks'))
    )
    op.create_table('letter_drafts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('dated', sa.Date(), nullable=False),
    sa.Column('employee_id', sa.Integer(), nullable=True),
    sa.Column('command', sa.Text(), nullable=False),
    sa.Column('confidential', sa.Boolean(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.Column('made_by', sa.String(length=200), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['employee_id'], ['employees.id'], name=op.f('fk_letter_drafts_employee_id_employees')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_drafts'))
    )
    op.create_table('unit_heads',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=False),
    sa.Column('employee_id', sa.Integer(), nullable=False),
    sa.Column('post_name', sa.String(length=300), nullable=False),
    sa.Column('heads_from', sa.Date(), nullable=False),
    sa.Column('heads_until', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['employee_id'], ['employees.id'], name=op.f('fk_unit_heads_employee_id_employees')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_unit_heads_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit_heads'))
    )
    with op.batch_alter_table('unit_heads', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unit_heads_employee_id'), ['employee_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_unit_heads_unit_id'), ['unit_id'], unique=False)

    op.create_table('declaration_papers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('declaration_id', sa.Integer(), nullable=False),
    sa.Column('paper_code', sa.String(length=40), nullable=False),
    sa.Column('file_sha256', sa.String(length=64), nullable=True),
    sa.Column('document_number', sa.String(length=120), nullable=False),
    sa.Column('document_date', sa.Date(), nullable=True),
    sa.Column('received_on', sa.Date(), nullable=True),
    sa.Column('received_by', sa.String(length=200), nullable=False),
    sa.Column('attached_by', sa.String(length=200), nullable=False),
    sa.Column('verified_on', sa.Date(), nullable=True),
    sa.Column('verified_by', sa.String(length=200), nullable=False),
    sa.Column('waived_on', sa.Date(), nullable=True),
    sa.Column('waived_by', sa.String(length=200), nullable=False),
    sa.Column('waive_reason', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['declaration_id'], ['declarations.id'], name=op.f('fk_declaration_papers_declaration_id_declarations')),
    sa.ForeignKeyConstraint(['file_sha256'], ['stored_files.sha256'], name=op.f('fk_declaration_papers_file_sha256_stored_files')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_declaration_papers'))
    )
    with op.batch_alter_table('declaration_papers', schema=None) as batch_op:
        batch_op.create_index('ix_declaration_papers_declaration_id', ['declaration_id', 'paper_code'], unique=True)

    op.create_table('declaration_revisions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('declaration_id', sa.Integer(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.Column('recorded_by', sa.String(length=200), nullable=False),
    sa.Column('office_code', sa.String(length=20), nullable=False),
    sa.Column('election_id', sa.String(length=40), nullable=False),
    sa.Column('office_name', sa.String(length=200), nullable=False),
    sa.Column('region', sa.String(length=160), nullable=False),
    sa.Column('constituency', sa.String(length=80), nullable=False),
    sa.Column('path', sa.String(length=40), nullable=False),
    sa.Column('party', sa.String(length=120), nullable=False),
    sa.Column('running_mate', sa.String(length=200), nullable=False),
    sa.Column('is_acting_head', sa.Boolean(), nullable=False),
    sa.Column('flags', sa.String(length=200), nullable=False),
    sa.Column('employer', sa.String(length=20), nullable=False),
    sa.Column('non_asn_policy', sa.String(length=20), nullable=False),
    sa.Column('declared_on', sa.Date(), nullable=False),
    sa.Column('post_class', sa.String(length=40), nullable=False),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('birth_date', sa.Date(), nullable=True),
    sa.Column('service_from', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['declaration_id'], ['declarations.id'], name=op.f('fk_declaration_revisions_declaration_id_declarations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_declaration_revisions'))
    )
    with op.batch_alter_table('declaration_revisions', schema=None) as batch_op:
        batch_op.create_index('ix_declaration_revisions_declaration_id_recorded_at', ['declaration_id', 'recorded_at'], unique=False)

    op.create_table('letter_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.Column('docx_sha256', sa.String(length=64), nullable=False),
    sa.Column('pdf_sha256', sa.String(length=64), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.Column('made_by', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['docx_sha256'], ['stored_files.sha256'], name=op.f('fk_letter_versions_docx_sha256_stored_files')),
    sa.ForeignKeyConstraint(['letter_id'], ['letters.id'], name=op.f('fk_letter_versions_letter_id_letters')),
    sa.ForeignKeyConstraint(['pdf_sha256'], ['stored_files.sha256'], name=op.f('fk_letter_versions_pdf_sha256_stored_files')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_versions'))
    )
    with op.batch_alter_table('letter_versions', schema=None) as batch_op:
        batch_op.create_index('ix_letter_versions_letter_id_id', ['letter_id', 'id'], unique=False)

    op.create_table('circular_evidence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('opd_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('file_sha256', sa.String(length=64), nullable=False),
    sa.Column('file_name', sa.String(length=260), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.Column('recorded_by', sa.String(length=200), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(), nullable=True),
    sa.Column('withdrawn_reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['file_sha256'], ['stored_files.sha256'], name=op.f('fk_circular_evidence_file_sha256_stored_files')),
    sa.ForeignKeyConstraint(['opd_id'], ['units.id'], name=op.f('fk_circular_evidence_opd_id_units')),
    sa.ForeignKeyConstraint(['version_id'], ['circular_versions.id'], name=op.f('fk_circular_evidence_version_id_circular_versions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_circular_evidence'))
    )
    with op.batch_alter_table('circular_evidence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_circular_evidence_version_id'), ['version_id'], unique=False)

    op.create_table('circular_letters',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('opd_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.String(length=40), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.Column('sent_on', sa.Date(), nullable=False),
    sa.Column('people', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['letter_id'], ['letters.id'], name=op.f('fk_circular_letters_letter_id_letters')),
    sa.ForeignKeyConstraint(['opd_id'], ['units.id'], name=op.f('fk_circular_letters_opd_id_units')),
    sa.ForeignKeyConstraint(['version_id'], ['circular_versions.id'], name=op.f('fk_circular_letters_version_id_circular_versions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_circular_letters')),
    sa.UniqueConstraint('version_id', 'opd_id', 'purpose', 'ordinal', name=op.f('uq_circular_letters_version_id_opd_id_purpose_ordinal'))
    )
    op.create_table('collective_sheets',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('opd_id', sa.Integer(), nullable=True),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('code', sa.String(length=24), nullable=False),
    sa.Column('page', sa.Integer(), nullable=False),
    sa.Column('layout', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.Column('made_by', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['opd_id'], ['units.id'], name=op.f('fk_collective_sheets_opd_id_units')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_collective_sheets_unit_id_units')),
    sa.ForeignKeyConstraint(['version_id'], ['circular_versions.id'], name=op.f('fk_collective_sheets_version_id_circular_versions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_collective_sheets')),
    sa.UniqueConstraint('code', name=op.f('uq_collective_sheets_code'))
    )
    with op.batch_alter_table('collective_sheets', schema=None) as batch_op:
        batch_op.create_index('ix_collective_sheets_version_id_opd_id', ['version_id', 'opd_id'], unique=False)

    op.create_table('return_files',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=260), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('opd_id', sa.Integer(), nullable=False),
    sa.Column('marked', sa.Integer(), nullable=False),
    sa.Column('taken_in_at', sa.DateTime(), nullable=False),
    sa.Column('taken_in_by', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['opd_id'], ['units.id'], name=op.f('fk_return_files_opd_id_units')),
    sa.ForeignKeyConstraint(['sha256'], ['stored_files.sha256'], name=op.f('fk_return_files_sha256_stored_files')),
    sa.ForeignKeyConstraint(['version_id'], ['circular_versions.id'], name=op.f('fk_return_files_version_id_circular_versions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_return_files')),
    sa.UniqueConstraint('sha256', name=op.f('uq_return_files_sha256'))
    )
    with op.batch_alter_table('return_files', schema=None) as batch_op:
        batch_op.create_index('ix_return_files_version_id_opd_id', ['version_id', 'opd_id'], unique=False)

    op.create_table('suspicions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('employee_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('noticed_on', sa.Date(), nullable=False),
    sa.Column('source', sa.String(length=300), nullable=False),
    sa.Column('account', sa.Text(), nullable=False),
    sa.Column('file_sha256', sa.String(length=64), nullable=True),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.Column('recorded_by', sa.String(length=200), nullable=False),
    sa.Column('decided_at', sa.DateTime(), nullable=True),
    sa.Column('decided_by', sa.String(length=200), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('declaration_id', sa.Integer(), nullable=True),
    sa.Column('event_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['declaration_id'], ['declarations.id'], name=op.f('fk_suspicions_declaration_id_declarations')),
    sa.ForeignKeyConstraint(['employee_id'], ['employees.id'], name=op.f('fk_suspicions_employee_id_employees')),
    sa.ForeignKeyConstraint(['event_id'], ['declaration_events.id'], name=op.f('fk_suspicions_event_id_declaration_events')),
    sa.ForeignKeyConstraint(['file_sha256'], ['stored_files.sha256'], name=op.f('fk_suspicions_file_sha256_stored_files')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_suspicions'))
    )
    with op.batch_alter_table('suspicions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_suspicions_employee_id'), ['employee_id'], unique=False)

    op.create_table('collective_rows',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('sheet_id', sa.Integer(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False),
    sa.Column('recipient_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['recipient_id'], ['recipients.id'], name=op.f('fk_collective_rows_recipient_id_recipients')),
    sa.ForeignKeyConstraint(['sheet_id'], ['collective_sheets.id'], name=op.f('fk_collective_rows_sheet_id_collective_sheets')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_collective_rows')),
    sa.UniqueConstraint('sheet_id', 'row', name=op.f('uq_collective_rows_sheet_id_row'))
    )
    with op.batch_alter_table('collective_rows', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_collective_rows_recipient_id'), ['recipient_id'], unique=False)

    op.create_table('recipient_moves',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('recipient_id', sa.Integer(), nullable=False),
    sa.Column('moved_on', sa.Date(), nullable=False),
    sa.Column('from_unit_id', sa.Integer(), nullable=True),
    sa.Column('from_opd_id', sa.Integer(), nullable=True),
    sa.Column('to_unit_id', sa.Integer(), nullable=True),
    sa.Column('to_opd_id', sa.Integer(), nullable=True),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.Column('recorded_by', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['from_opd_id'], ['units.id'], name=op.f('fk_recipient_moves_from_opd_id_units')),
    sa.ForeignKeyConstraint(['from_unit_id'], ['units.id'], name=op.f('fk_recipient_moves_from_unit_id_units')),
    sa.ForeignKeyConstraint(['recipient_id'], ['recipients.id'], name=op.f('fk_recipient_moves_recipient_id_recipients')),
    sa.ForeignKeyConstraint(['to_opd_id'], ['units.id'], name=op.f('fk_recipient_moves_to_opd_id_units')),
    sa.ForeignKeyConstraint(['to_unit_id'], ['units.id'], name=op.f('fk_recipient_moves_to_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recipient_moves'))
    )
    with op.batch_alter_table('recipient_moves', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recipient_moves_recipient_id'), ['recipient_id'], unique=False)

    op.create_table('scan_pages',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('page', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('reason', sa.String(length=40), nullable=True),
    sa.Column('codes', sa.Text(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=True),
    sa.Column('sheet_id', sa.Integer(), nullable=True),
    sa.Column('marked', sa.Integer(), nullable=False),
    sa.Column('already', sa.Integer(), nullable=False),
    sa.Column('foreign_codes', sa.Integer(), nullable=False),
    sa.Column('decided_at', sa.DateTime(), nullable=True),
    sa.Column('decided_by', sa.String(length=200), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['scan_files.id'], name=op.f('fk_scan_pages_file_id_scan_files')),
    sa.ForeignKeyConstraint(['sheet_id'], ['collective_sheets.id'], name=op.f('fk_scan_pages_sheet_id_collective_sheets')),
    sa.ForeignKeyConstraint(['version_id'], ['circular_versions.id'], name=op.f('fk_scan_pages_version_id_circular_versions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scan_pages')),
    sa.UniqueConstraint('file_id', 'page', name=op.f('uq_scan_pages_file_id_page'))
    )
    with op.batch_alter_table('scan_pages', schema=None) as batch_op:
        batch_op.create_index('ix_scan_pages_state', ['state'], unique=False)
        batch_op.create_index(batch_op.f('ix_scan_pages_version_id'), ['version_id'], unique=False)

    op.create_table('scan_boxes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('page_id', sa.Integer(), nullable=False),
    sa.Column('row', sa.Integer(), nullable=False),
    sa.Column('recipient_id', sa.Integer(), nullable=False),
    sa.Column('verdict', sa.String(length=40), nullable=False),
    sa.Column('ink', sa.Double(), nullable=False),
    sa.Column('quad', sa.String(length=120), nullable=False),
    sa.Column('decided', sa.String(length=40), nullable=True),
    sa.Column('decided_at', sa.DateTime(), nullable=True),
    sa.Column('decided_by', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['page_id'], ['scan_pages.id'], name=op.f('fk_scan_boxes_page_id_scan_pages')),
    sa.ForeignKeyConstraint(['recipient_id'], ['recipients.id'], name=op.f('fk_scan_boxes_recipient_id_recipients')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_scan_boxes')),
    sa.UniqueConstraint('page_id', 'row', name=op.f('uq_scan_boxes_page_id_row'))
    )
    with op.batch_alter_table('scan_boxes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_scan_boxes_recipient_id'), ['recipient_id'], unique=False)

    with op.batch_alter_table('acknowledgements', schema=None) as batch_op:
        batch_op.add_column(sa.Column('signature', sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column('party', sa.String(length=200), server_default='', nullable=False))
        batch_op.add_column(sa.Column('until', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('evidence_sha256', sa.String(length=64), server_default='', nullable=False))
        batch_op.add_column(sa.Column('evidence_page', sa.Integer(), nullable=True))

    with op.batch_alter_table('circular_versions', schema=None) as batch_op:
        batch_op.add_column(sa.Column('text_sha256', sa.String(length=64), server_default='', nullable=False))
        batch_op.add_column(sa.Column('reason', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('companion', sa.String(length=40), server_default='tanda_terima', nullable=False))
        batch_op.add_column(sa.Column('collects_id', sa.Integer(), nullable=True))

    with op.batch_alter_table('circulars', schema=None) as batch_op:
        batch_op.add_column(sa.Column('due_days', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('reminder_plan', sa.String(length=80), server_default='-3,1,5', nullable=False))

    with op.batch_alter_table('declarations', schema=None) as batch_op:
        batch_op.add_column(sa.Column('employer', sa.String(length=20), server_default='daerah', nullable=False))
        batch_op.add_column(sa.Column('non_asn_policy', sa.String(length=20), server_default='none', nullable=False))
        batch_op.add_column(sa.Column('rules_digest', sa.String(length=64), server_default='', nullable=False))

    with op.batch_alter_table('letters', schema=None) as batch_op:
        batch_op.add_column(sa.Column('electronic', sa.Boolean(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('confidential', sa.Boolean(), server_default='0', nullable=False))

    with op.batch_alter_table('office', schema=None) as batch_op:
        batch_op.add_column(sa.Column('secretariat_address', sa.String(length=300), server_default='', nullable=False))
        batch_op.add_column(sa.Column('secretariat_contact', sa.String(length=300), server_default='', nullable=False))
        batch_op.add_column(sa.Column('paper', sa.String(length=40), server_default='A4', nullable=False))
        batch_op.add_column(sa.Column('margin_top', sa.Integer(), server_default='20', nullable=False))
        batch_op.add_column(sa.Column('margin_bottom', sa.Integer(), server_default='25', nullable=False))
        batch_op.add_column(sa.Column('margin_left', sa.Integer(), server_default='30', nullable=False))
        batch_op.add_column(sa.Column('margin_right', sa.Integer(), server_default='20', nullable=False))
        batch_op.add_column(sa.Column('font_family', sa.String(length=60), server_default='', nullable=False))
        batch_op.add_column(sa.Column('font_size', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('signature_tag', sa.String(length=1), server_default='#', nullable=False))

    with op.batch_alter_table('recipients', schema=None) as batch_op:
        batch_op.add_column(sa.Column('person_name', sa.String(length=200), server_default='', nullable=False))
        batch_op.add_column(sa.Column('title_front', sa.String(length=80), server_default='', nullable=False))
        batch_op.add_column(sa.Column('title_back', sa.String(length=120), server_default='', nullable=False))
        batch_op.add_column(sa.Column('person_number', sa.String(length=40), server_default='', nullable=False))
        batch_op.add_column(sa.Column('kind', sa.String(length=40), server_default='PNS', nullable=False))
        batch_op.add_column(sa.Column('stage', sa.Integer(), server_default='1', nullable=False))
        batch_op.add_column(sa.Column('at_unit_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('at_opd_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('added_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('added_reason', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('postponed_until', sa.Date(), nullable=True))
        batch_op.drop_index(batch_op.f('ix_recipients_version_id_opd_id_status'))
        batch_op.create_index('ix_recipients_progress', ['version_id', 'at_opd_id', 'at_unit_id', 'status'], unique=False)

    with op.batch_alter_table('users', schema=None) as batch_op:
        batch_op.add_column(sa.Column('role', sa.String(length=40), server_default='operator', nullable=False))
        batch_op.add_column(sa.Column('grants', sa.Text(), server_default='', nullable=False))

    second_schema.apply(op.get_bind())


def downgrade() -> None:
    raise RuntimeError("a database is never taken back; restore a backup")
