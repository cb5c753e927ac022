"""first schema."""

import sqlalchemy as sa
from alembic import op

from asn_desk.database import guards


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('audit_entries',
    sa.Column('seq', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('at', sa.String(length=40), nullable=False),
    sa.Column('actor', sa.String(length=200), nullable=False),
    sa.Column('action', sa.String(length=80), nullable=False),
    sa.Column('subject', sa.String(length=80), nullable=False),
    sa.Column('before', sa.Text(), nullable=False),
    sa.Column('after', sa.Text(), nullable=False),
    sa.Column('previous', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_audit_entries'))
    )
    with op.batch_alter_table('audit_entries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_entries_subject'), ['subject'], unique=False)

    op.create_table('audit_head',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_audit_head_single')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_head'))
    )
    op.create_table('circulars',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('subject', sa.String(length=300), nullable=False),
    sa.Column('election_id', sa.String(length=40), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_circulars'))
    )
    op.create_table('import_runs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('file_name', sa.String(length=260), nullable=False),
    sa.Column('file_sha256', sa.String(length=64), nullable=False),
    sa.Column('applied_at', sa.DateTime(), nullable=False),
    sa.Column('applied_by', sa.String(length=200), nullable=False),
    sa.Column('added', sa.Integer(), nullable=False),
    sa.Column('changed', sa.Integer(), nullable=False),
    sa.Column('unchanged', sa.Integer(), nullable=False),
    sa.Column('refused', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_runs'))
    )
    op.create_table('letter_batches',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('dated', sa.Date(), nullable=False),
    sa.Column('command', sa.Text(), nullable=False),
    sa.Column('folder', sa.Text(), nullable=False),
    sa.Column('pattern', sa.String(length=120), nullable=False),
    sa.Column('with_docx', sa.Boolean(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('issued', sa.Integer(), nullable=False),
    sa.Column('refused', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('created_by', sa.String(length=200), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_batches'))
    )
    op.create_table('number_series',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=40), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('pattern', sa.String(length=120), nullable=False),
    sa.Column('classification', sa.String(length=40), nullable=False),
    sa.Column('unit_code', sa.String(length=40), nullable=False),
    sa.Column('prefix', sa.String(length=20), nullable=False),
    sa.Column('padding', sa.Integer(), nullable=False),
    sa.Column('insert_style', sa.String(length=40), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_number_series')),
    sa.UniqueConstraint('code', name=op.f('uq_number_series_code'))
    )
    op.create_table('officials',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=40), nullable=False),
    sa.Column('post', sa.String(length=240), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('title_front', sa.String(length=80), nullable=False),
    sa.Column('title_back', sa.String(length=120), nullable=False),
    sa.Column('nip', sa.String(length=18), nullable=True),
    sa.Column('rank', sa.String(length=80), nullable=False),
    sa.Column('capacity', sa.String(length=40), nullable=False),
    sa.Column('letterhead', sa.String(length=40), nullable=False),
    sa.Column('signs_from', sa.Date(), nullable=True),
    sa.Column('signs_until', sa.Date(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_officials'))
    )
    op.create_table('stored_files',
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('media_type', sa.String(length=100), nullable=False),
    sa.Column('stored_at', sa.DateTime(), nullable=False),
    sa.PrimaryKeyConstraint('sha256', name=op.f('pk_stored_files'))
    )
    op.create_table('units',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('siasn_id', sa.String(length=64), nullable=True),
    sa.Column('name', sa.String(length=300), nullable=False),
    sa.Column('parent_id', sa.Integer(), nullable=True),
    sa.Column('opd_id', sa.Integer(), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['opd_id'], ['units.id'], name=op.f('fk_units_opd_id_units')),
    sa.ForeignKeyConstraint(['parent_id'], ['units.id'], name=op.f('fk_units_parent_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_units')),
    sa.UniqueConstraint('siasn_id', name=op.f('uq_units_siasn_id'))
    )
    with op.batch_alter_table('units', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_units_name'), ['name'], unique=False)
        batch_op.create_index(batch_op.f('ix_units_opd_id'), ['opd_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_units_parent_id'), ['parent_id'], unique=False)

    op.create_table('users',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_users')),
    sa.UniqueConstraint('name', name=op.f('uq_users_name'))
    )
    op.create_table('employees',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('nip', sa.String(length=18), nullable=True),
    sa.Column('local_number', sa.String(length=40), nullable=True),
    sa.Column('siasn_id', sa.String(length=64), nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('title_front', sa.String(length=80), nullable=False),
    sa.Column('title_back', sa.String(length=120), nullable=False),
    sa.Column('sort_name', sa.String(length=200), nullable=False),
    sa.Column('birth_place', sa.String(length=120), nullable=False),
    sa.Column('birth_date', sa.Date(), nullable=True),
    sa.Column('sex', sa.String(length=40), nullable=True),
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('legal_position', sa.String(length=80), nullable=False),
    sa.Column('service_from', sa.Date(), nullable=True),
    sa.Column('grade', sa.String(length=20), nullable=False),
    sa.Column('grade_from', sa.Date(), nullable=True),
    sa.Column('education', sa.String(length=200), nullable=False),
    sa.Column('post_name', sa.String(length=300), nullable=False),
    sa.Column('post_class', sa.String(length=40), nullable=False),
    sa.Column('post_from', sa.Date(), nullable=True),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('opd_id', sa.Integer(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('nip IS NOT NULL OR local_number IS NOT NULL', name=op.f('ck_employees_has_number')),
    sa.CheckConstraint('nip IS NULL OR length(nip) = 18', name=op.f('ck_employees_nip_length')),
    sa.ForeignKeyConstraint(['opd_id'], ['units.id'], name=op.f('fk_employees_opd_id_units')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_employees_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employees')),
    sa.UniqueConstraint('local_number', name=op.f('uq_employees_local_number')),
    sa.UniqueConstraint('nip', name=op.f('uq_employees_nip'))
    )
    with op.batch_alter_table('employees', schema=None) as batch_op:
        batch_op.create_index('ix_employees_opd_id_state_kind', ['opd_id', 'state', 'kind'], unique=False)
        batch_op.create_index('ix_employees_sort_name_id', ['sort_name', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_employees_unit_id'), ['unit_id'], unique=False)

    op.create_table('office',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('government', sa.String(length=200), nullable=False),
    sa.Column('region_kind', sa.String(length=40), nullable=False),
    sa.Column('region_name', sa.String(length=120), nullable=False),
    sa.Column('agency', sa.String(length=240), nullable=False),
    sa.Column('agency_short', sa.String(length=40), nullable=False),
    sa.Column('address', sa.String(length=300), nullable=False),
    sa.Column('postal_code', sa.String(length=10), nullable=False),
    sa.Column('phone', sa.String(length=60), nullable=False),
    sa.Column('website', sa.String(length=120), nullable=False),
    sa.Column('email', sa.String(length=120), nullable=False),
    sa.Column('place', sa.String(length=120), nullable=False),
    sa.Column('logo_sha256', sa.String(length=64), nullable=True),
    sa.Column('emblem_sha256', sa.String(length=64), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_office_single')),
    sa.ForeignKeyConstraint(['emblem_sha256'], ['stored_files.sha256'], name=op.f('fk_office_emblem_sha256_stored_files')),
    sa.ForeignKeyConstraint(['logo_sha256'], ['stored_files.sha256'], name=op.f('fk_office_logo_sha256_stored_files')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_office'))
    )
    op.create_table('register_entries',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('series_id', sa.Integer(), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=True),
    sa.Column('inserted', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(length=40), nullable=False),
    sa.Column('number', sa.String(length=120), nullable=False),
    sa.Column('dated', sa.Date(), nullable=False),
    sa.Column('subject', sa.String(length=300), nullable=False),
    sa.Column('addressee', sa.String(length=300), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('void_reason', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['series_id'], ['number_series.id'], name=op.f('fk_register_entries_series_id_number_series')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_register_entries')),
    sa.UniqueConstraint('series_id', 'year', 'sequence', 'inserted', name=op.f('uq_register_entries_series_id_year_sequence_inserted')),
    sa.UniqueConstraint('year', 'number', name=op.f('uq_register_entries_year_number'))
    )
    op.create_table('template_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=True),
    sa.Column('note', sa.String(length=500), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.Column('made_by', sa.String(length=200), nullable=False),
    sa.ForeignKeyConstraint(['sha256'], ['stored_files.sha256'], name=op.f('fk_template_versions_sha256_stored_files')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_template_versions'))
    )
    with op.batch_alter_table('template_versions', schema=None) as batch_op:
        batch_op.create_index('ix_template_versions_kind_id', ['kind', 'id'], unique=False)

    op.create_table('declarations',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('employee_id', sa.Integer(), nullable=False),
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
    sa.Column('kpu_status', sa.String(length=40), nullable=False),
    sa.Column('staff_status', sa.String(length=40), nullable=False),
    sa.Column('discipline_status', sa.String(length=40), nullable=False),
    sa.Column('declared_on', sa.Date(), nullable=False),
    sa.Column('post_name', sa.String(length=300), nullable=False),
    sa.Column('post_class', sa.String(length=40), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('touched_at', sa.DateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['employee_id'], ['employees.id'], name=op.f('fk_declarations_employee_id_employees')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_declarations_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_declarations'))
    )
    with op.batch_alter_table('declarations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_declarations_election_id'), ['election_id'], unique=False)
        batch_op.create_index('ix_declarations_employee_id_election_id', ['employee_id', 'election_id'], unique=False)

    op.create_table('employee_search',
    sa.Column('employee_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('content', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['employee_id'], ['employees.id'], name=op.f('fk_employee_search_employee_id_employees')),
    sa.PrimaryKeyConstraint('employee_id', name=op.f('pk_employee_search'))
    )
    op.create_table('letters',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=60), nullable=False),
    sa.Column('title', sa.String(length=300), nullable=False),
    sa.Column('dated', sa.Date(), nullable=False),
    sa.Column('register_entry_id', sa.Integer(), nullable=True),
    sa.Column('employee_id', sa.Integer(), nullable=True),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('data', sa.Text(), nullable=False),
    sa.Column('template_sha256', sa.String(length=64), nullable=False),
    sa.Column('docx_sha256', sa.String(length=64), nullable=False),
    sa.Column('pdf_sha256', sa.String(length=64), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('issued_at', sa.DateTime(), nullable=False),
    sa.Column('issued_by', sa.String(length=200), nullable=False),
    sa.Column('signed_on', sa.Date(), nullable=True),
    sa.Column('handed_over_on', sa.Date(), nullable=True),
    sa.Column('handed_over_to', sa.String(length=200), nullable=False),
    sa.Column('replaces_id', sa.Integer(), nullable=True),
    sa.Column('scan_sha256', sa.String(length=64), nullable=True),
    sa.Column('void_reason', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['docx_sha256'], ['stored_files.sha256'], name=op.f('fk_letters_docx_sha256_stored_files')),
    sa.ForeignKeyConstraint(['employee_id'], ['employees.id'], name=op.f('fk_letters_employee_id_employees')),
    sa.ForeignKeyConstraint(['pdf_sha256'], ['stored_files.sha256'], name=op.f('fk_letters_pdf_sha256_stored_files')),
    sa.ForeignKeyConstraint(['register_entry_id'], ['register_entries.id'], name=op.f('fk_letters_register_entry_id_register_entries')),
    sa.ForeignKeyConstraint(['replaces_id'], ['letters.id'], name=op.f('fk_letters_replaces_id_letters')),
    sa.ForeignKeyConstraint(['scan_sha256'], ['stored_files.sha256'], name=op.f('fk_letters_scan_sha256_stored_files')),
    sa.ForeignKeyConstraint(['template_sha256'], ['stored_files.sha256'], name=op.f('fk_letters_template_sha256_stored_files')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letters')),
    sa.UniqueConstraint('register_entry_id', name=op.f('uq_letters_register_entry_id')),
    sa.UniqueConstraint('replaces_id', name=op.f('uq_letters_replaces_id'))
    )
    with op.batch_alter_table('letters', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_letters_dated'), ['dated'], unique=False)
        batch_op.create_index('ix_letters_employee_id_dated', ['employee_id', 'dated'], unique=False)
        batch_op.create_index(batch_op.f('ix_letters_kind'), ['kind'], unique=False)

    op.create_table('postings',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('employee_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('post_name', sa.String(length=300), nullable=False),
    sa.Column('post_class', sa.String(length=40), nullable=False),
    sa.Column('grade', sa.String(length=20), nullable=False),
    sa.Column('held_from', sa.Date(), nullable=False),
    sa.Column('held_until', sa.Date(), nullable=True),
    sa.Column('source', sa.String(length=20), nullable=False),
    sa.Column('import_run_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['employee_id'], ['employees.id'], name=op.f('fk_postings_employee_id_employees')),
    sa.ForeignKeyConstraint(['import_run_id'], ['import_runs.id'], name=op.f('fk_postings_import_run_id_import_runs')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_postings_unit_id_units')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_postings'))
    )
    with op.batch_alter_table('postings', schema=None) as batch_op:
        batch_op.create_index('ix_postings_employee_id_held_from', ['employee_id', 'held_from'], unique=False)
        batch_op.create_index(batch_op.f('ix_postings_unit_id'), ['unit_id'], unique=False)

    op.create_table('circular_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('circular_id', sa.Integer(), nullable=False),
    sa.Column('ordinal', sa.Integer(), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.Column('published_on', sa.Date(), nullable=False),
    sa.Column('published_at', sa.DateTime(), nullable=False),
    sa.Column('published_by', sa.String(length=200), nullable=False),
    sa.Column('audience', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['circular_id'], ['circulars.id'], name=op.f('fk_circular_versions_circular_id_circulars')),
    sa.ForeignKeyConstraint(['letter_id'], ['letters.id'], name=op.f('fk_circular_versions_letter_id_letters')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_circular_versions')),
    sa.UniqueConstraint('circular_id', 'ordinal', name=op.f('uq_circular_versions_circular_id_ordinal'))
    )
    op.create_table('declaration_duties',
    sa.Column('declaration_id', sa.Integer(), nullable=False),
    sa.Column('rule_id', sa.String(length=40), nullable=False),
    sa.Column('due', sa.Date(), nullable=True),
    sa.Column('met_on', sa.Date(), nullable=True),
    sa.Column('owed_by', sa.String(length=200), nullable=False),
    sa.Column('owed_to', sa.String(length=200), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('doubtful', sa.Boolean(), nullable=False),
    sa.Column('letter_code', sa.String(length=40), nullable=False),
    sa.Column('rules_digest', sa.String(length=64), nullable=False),
    sa.ForeignKeyConstraint(['declaration_id'], ['declarations.id'], name=op.f('fk_declaration_duties_declaration_id_declarations')),
    sa.PrimaryKeyConstraint('declaration_id', 'rule_id', name=op.f('pk_declaration_duties'))
    )
    with op.batch_alter_table('declaration_duties', schema=None) as batch_op:
        batch_op.create_index('ix_declaration_duties_met_on_due', ['met_on', 'due'], unique=False)

    op.create_table('declaration_events',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('declaration_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('happened_on', sa.Date(), nullable=False),
    sa.Column('effective_on', sa.Date(), nullable=True),
    sa.Column('document_number', sa.String(length=120), nullable=False),
    sa.Column('document_date', sa.Date(), nullable=True),
    sa.Column('received_by', sa.String(length=200), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('file_sha256', sa.String(length=64), nullable=True),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.Column('recorded_by', sa.String(length=200), nullable=False),
    sa.Column('voided_at', sa.DateTime(), nullable=True),
    sa.Column('void_reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['declaration_id'], ['declarations.id'], name=op.f('fk_declaration_events_declaration_id_declarations')),
    sa.ForeignKeyConstraint(['file_sha256'], ['stored_files.sha256'], name=op.f('fk_declaration_events_file_sha256_stored_files')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_declaration_events'))
    )
    with op.batch_alter_table('declaration_events', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_declaration_events_declaration_id'), ['declaration_id'], unique=False)

    op.create_table('declaration_letters',
    sa.Column('declaration_id', sa.Integer(), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['declaration_id'], ['declarations.id'], name=op.f('fk_declaration_letters_declaration_id_declarations')),
    sa.ForeignKeyConstraint(['letter_id'], ['letters.id'], name=op.f('fk_declaration_letters_letter_id_letters')),
    sa.PrimaryKeyConstraint('declaration_id', 'letter_id', name=op.f('pk_declaration_letters'))
    )
    op.create_table('letter_batch_items',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('batch_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('employee_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=40), nullable=False),
    sa.Column('letter_id', sa.Integer(), nullable=True),
    sa.Column('file_name', sa.String(length=200), nullable=True),
    sa.Column('problem', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['batch_id'], ['letter_batches.id'], name=op.f('fk_letter_batch_items_batch_id_letter_batches')),
    sa.ForeignKeyConstraint(['employee_id'], ['employees.id'], name=op.f('fk_letter_batch_items_employee_id_employees')),
    sa.ForeignKeyConstraint(['letter_id'], ['letters.id'], name=op.f('fk_letter_batch_items_letter_id_letters')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_letter_batch_items')),
    sa.UniqueConstraint('batch_id', 'employee_id', name=op.f('uq_letter_batch_items_batch_id_employee_id')),
    sa.UniqueConstraint('batch_id', 'file_name', name=op.f('uq_letter_batch_items_batch_id_file_name')),
    sa.UniqueConstraint('letter_id', name=op.f('uq_letter_batch_items_letter_id'))
    )
    with op.batch_alter_table('letter_batch_items', schema=None) as batch_op:
        batch_op.create_index('ix_letter_batch_items_batch_id_place', ['batch_id', 'place'], unique=False)

    op.create_table('recipients',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version_id', sa.Integer(), nullable=False),
    sa.Column('employee_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('opd_id', sa.Integer(), nullable=True),
    sa.Column('post_name', sa.String(length=300), nullable=False),
    sa.Column('code', sa.String(length=24), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('acknowledged_on', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['employee_id'], ['employees.id'], name=op.f('fk_recipients_employee_id_employees')),
    sa.ForeignKeyConstraint(['opd_id'], ['units.id'], name=op.f('fk_recipients_opd_id_units')),
    sa.ForeignKeyConstraint(['unit_id'], ['units.id'], name=op.f('fk_recipients_unit_id_units')),
    sa.ForeignKeyConstraint(['version_id'], ['circular_versions.id'], name=op.f('fk_recipients_version_id_circular_versions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recipients')),
    sa.UniqueConstraint('code', name=op.f('uq_recipients_code')),
    sa.UniqueConstraint('version_id', 'employee_id', name=op.f('uq_recipients_version_id_employee_id'))
    )
    with op.batch_alter_table('recipients', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recipients_employee_id'), ['employee_id'], unique=False)
        batch_op.create_index('ix_recipients_version_id_opd_id_status', ['version_id', 'opd_id', 'status'], unique=False)

    op.create_table('acknowledgements',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('recipient_id', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(length=40), nullable=False),
    sa.Column('method', sa.String(length=40), nullable=False),
    sa.Column('happened_on', sa.Date(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(), nullable=False),
    sa.Column('recorded_by', sa.String(length=200), nullable=False),
    sa.Column('undone_at', sa.DateTime(), nullable=True),
    sa.Column('undo_reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['recipient_id'], ['recipients.id'], name=op.f('fk_acknowledgements_recipient_id_recipients')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_acknowledgements'))
    )
    with op.batch_alter_table('acknowledgements', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_acknowledgements_recipient_id'), ['recipient_id'], unique=False)

    guards.apply(op.get_bind())


def downgrade() -> None:
    raise RuntimeError("a database is never taken back; restore a backup")
