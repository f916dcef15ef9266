"""The matrix is complete, keeps its own promises, and what is made from it is up to date."""

from importlib import import_module

import pytest

import frappe

from dev.permissions import made_from_matrix, role_permissions
from dev.permissions_page import MEANING
from sv_helpdesk import hooks
from sv_helpdesk.permissions import conditions
from sv_helpdesk.permissions.field_groups import CHILD_TABLES, GROUPS, SYSTEM
from sv_helpdesk.permissions.matrix import MATRIX
from sv_helpdesk.permissions.relations import NOTHING, RELATIONS, Relations
from sv_helpdesk.permissions.right import NEVER, Right
from sv_helpdesk.permissions.roles import ALL_ROLES, COORDINATOR, PRIVACY_OFFICER
from sv_helpdesk.permissions.rules import query_condition

LAYOUT = ("Section Break", "Column Break", "Tab Break", "HTML", "Button")
MASTERS = (
	*("SV Unit", "SV Unit Priority", "SV Category", "SV Measure", "SV Calendar", "SV Term"),
	*("SV Desk", "SV Settings"),
)


def our_doctypes() -> list:
	return frappe.get_all(
		"DocType", {"module": "Social Safety"}, ["name", "istable"], order_by="name asc", limit_page_length=0
	)


def fields_of(doctype: str) -> list[str]:
	return [field.fieldname for field in frappe.get_meta(doctype).fields if field.fieldtype not in LAYOUT]


def sealed_fields(doctype: str) -> set[str]:
	name = frappe.scrub(doctype)
	module = import_module(f"sv_helpdesk.social_safety.doctype.{name}.{name}")
	return set(getattr(getattr(module, doctype.replace(" ", "")), "SEALED_FIELDS", ()))


each_document = pytest.mark.parametrize("doctype", GROUPS)
each_right = pytest.mark.parametrize(
	"right", MATRIX, ids=lambda right: f"{right.role}-{right.doctype}-{right.relation}"
)


def test_every_document_and_every_child_table_of_ours_stands_in_the_matrix():
	assert set(GROUPS) == {row.name for row in our_doctypes() if not row.istable}
	assert set(CHILD_TABLES) == {row.name for row in our_doctypes() if row.istable}


def test_every_child_table_names_the_document_it_is_part_of():
	for child, parent in CHILD_TABLES.items():
		assert child in [field.options for field in frappe.get_meta(parent).get_table_fields()]


@each_document
def test_every_field_stands_in_exactly_one_group(doctype):
	grouped = [fieldname for fields in GROUPS[doctype].values() for fieldname in fields]
	assert sorted(grouped) == sorted(fields_of(doctype))


@each_document
def test_a_group_is_either_sealed_or_plain(doctype):
	sealed = sealed_fields(doctype)
	for group, fields in GROUPS[doctype].items():
		assert set(fields) <= sealed or not set(fields) & sealed, group


@each_document
def test_a_custom_field_of_the_site_is_in_no_group_and_so_nobodys(doctype):
	assert not frappe.get_meta(doctype).get_custom_fields()


@each_right
def test_who_reads_a_row_reads_all_its_plain_fields_because_filters_would_tell_them(right):
	sealed = sealed_fields(right.doctype)
	plain = {group for group, fields in GROUPS[right.doctype].items() if not set(fields) & sealed}
	assert plain <= set(right.read)


@each_right
def test_a_right_names_a_known_role_relation_and_groups_and_changes_only_what_it_reads(right):
	assert right.role in ALL_ROLES and right.relation in RELATIONS
	assert set(right.write) | set(right.create) <= set(right.read) <= set(GROUPS[right.doctype])
	assert SYSTEM not in (*right.write, *right.create)
	assert set(right.further) <= {"report", "export"}


@each_right
def test_nobody_carries_away_or_destroys(right):
	assert not [ptype for ptype in (*NEVER, "mask", "anything") if right.allows(ptype)]


def test_only_masters_figures_and_the_privacy_officers_logs_are_open_by_role_alone():
	by_role = {(right.role, right.doctype) for right in MATRIX if right.relation == "all"}
	others = {(role, doctype) for role, doctype in by_role if doctype not in MASTERS}
	assert {doctype for role, doctype in others if role == PRIVACY_OFFICER} == {
		*("SV Access Log", "SV Approval", "SV Self Check", "SV Access Grant", "SV Retention Log"),
	}
	assert {doctype for role, doctype in others if role == COORDINATOR} == {
		*("SV Figures", "SV Confidant Report", "SV Delivered Figures", "SV Approval", "SV Self Check"),
		# published for everybody
		"SV Page Text",
	}
	assert {doctype for role, doctype in others if role not in (PRIVACY_OFFICER, COORDINATOR)} <= {
		"SV Confidant Report"
	}


def test_the_privacy_officer_reads_no_sealed_text():
	for right in MATRIX:
		if right.role == PRIVACY_OFFICER:
			read = {field for group in right.read for field in GROUPS[right.doctype][group]}
			assert not read & sealed_fields(right.doctype), right.doctype


@each_right
def test_every_right_has_rows_it_can_be_about(right):
	"""A relation without SQL on a document would be a right that never holds."""
	relations = Relations("somebody@uni.example")
	relations.desks = [
		frappe._dict(name="whole", visibility="Whole desk", desk_role="Coordinator"),
		frappe._dict(name="handler", visibility="Handler only", desk_role="Member"),
	]
	if right.relation != "granted":
		assert relations.arm(right.relation, right.doctype) != NOTHING


def test_a_relation_to_an_unknown_document_and_an_unknown_relation_have_no_rows():
	relations = Relations("somebody@uni.example")
	assert relations.arm("desk", "User") == relations.arm("friend", "SV Report") == NOTHING
	assert relations.arm("supports", "SV Report") == relations.arm("assigned", "SV Note") == NOTHING


def test_every_document_has_a_list_condition_and_every_one_but_child_rows_a_document_check():
	doctypes = {*GROUPS, *CHILD_TABLES}
	assert set(hooks.permission_query_conditions) >= doctypes
	assert set(hooks.has_permission) >= set(GROUPS)
	for doctype in doctypes:
		path = hooks.permission_query_conditions[doctype]
		assert frappe.get_attr(path)("nobody@uni.example") == NOTHING
		assert getattr(conditions, path.rsplit(".", 1)[1])("Guest") == NOTHING


def test_of_an_unknown_document_nothing_is_shown():
	assert query_condition("nobody@uni.example", "SV Something") == NOTHING


def test_every_relation_is_explained():
	assert set(MEANING) == set(RELATIONS)
	assert {right.relation for right in MATRIX} == set(RELATIONS)


def test_the_page_and_the_rights_in_the_files_are_made_from_the_matrix():
	differing = [
		path.name
		for path, text in made_from_matrix().items()
		if not path.exists() or path.read_text() != text
	]
	assert not differing, f"Run `make permissions`: {differing}"


@each_document
def test_the_site_has_the_rights_of_the_matrix_and_no_others(doctype):
	assert not frappe.get_all("Custom DocPerm", {"parent": doctype}, order_by="name asc")
	stored = frappe.get_all("DocPerm", {"parent": doctype}, ["*"], order_by="idx asc")
	ptypes = ("select", "read", "write", "create", "report", "export", *NEVER, "if_owner")
	given = [{ptype: 1 for ptype in ptypes if row.get(ptype)} | {"role": row.role} for row in stored]
	assert given == role_permissions(doctype)


def test_an_unknown_right_of_the_host_is_not_given():
	right = Right(COORDINATOR, "SV Report", "desk", read=("case",), write=("case",), create=("case",))
	assert (
		right.allows("read") and right.allows("select") and right.allows("write") and right.allows("create")
	)
	assert not [ptype for ptype in (*NEVER, "report", "export", "mask", "") if right.allows(ptype)]
