"""Every cell of the matrix on an invented institution: what it names succeeds, what it doesn't is refused.

Lists, the check of one document and the matrix have to agree for every person and document.
"""

import frappe

from sv_helpdesk.permissions.field_groups import CHILD_TABLES, GROUPS
from sv_helpdesk.permissions.matrix import MATRIX
from sv_helpdesk.permissions.right import NEVER
from sv_helpdesk.permissions.rules import by_what_right, has_permission, query_condition
from sv_helpdesk.permissions.test_institution import PEOPLE, InstitutionTestCase

PTYPES = ("select", "read", "write", "report", "export", *NEVER)
# the host never gives "select" by itself: reading includes it
OF_THE_HOST = tuple(ptype for ptype in (*PTYPES, "create") if ptype != "select")
# nobody has a row of these here, and nobody has a right to them
NOT_MADE = {"SV Second Factor", "SV Session Pass", "SV Receipt"}


class TestEveryCell(InstitutionTestCase):
	def rights_of(self, person: str, label: str) -> list:
		"""Return the rows of the matrix that hold, by the relations written down by hand."""
		doc, held = self.docs[label], self.institution.holds()[person]
		return [
			right
			for right in MATRIX
			if (right.role, right.doctype) == (PEOPLE[person], doc.doctype)
			and label in held.get(right.relation, ())
			and (not right.only_while or doc.get(right.only_while[0]) == right.only_while[1])
		]

	def expected(self, person: str, ptype: str) -> set[str]:
		return {
			label
			for label in self.docs
			if any(right.allows(ptype) for right in self.rights_of(person, label))
		}

	def test_the_institution_has_one_of_every_document(self):
		self.assertEqual({doc.doctype for doc in self.docs.values()}, set(GROUPS) - NOT_MADE)

	def test_every_relation_to_every_document_holds_for_somebody_in_it(self):
		held = {
			(right.relation, right.doctype, right.only_while)
			for person in PEOPLE
			for label in self.docs
			for right in self.rights_of(person, label)
		}
		self.assertEqual({(right.relation, right.doctype, right.only_while) for right in MATRIX}, held)

	def test_the_list_of_every_document_shows_what_the_matrix_says(self):
		for person in PEOPLE:
			shown = set()
			for doctype in GROUPS:
				if doctype != "SV Settings":
					shown |= self.listed(person, doctype)
			with self.subTest(person):
				self.assertEqual(shown, self.expected(person, "read") - {"settings"})

	def test_a_role_has_the_rights_of_its_rows_of_the_matrix_and_no_others(self):
		for person, role in PEOPLE.items():
			given = {
				(doctype, ptype)
				for doctype in GROUPS
				for ptype in OF_THE_HOST
				if frappe.has_permission(doctype, ptype, user=self.people[person])
			}
			named = {
				(right.doctype, ptype)
				for right in MATRIX
				for ptype in OF_THE_HOST
				if right.role == role and right.allows(ptype)
			}
			with self.subTest(person):
				self.assertEqual(given, named)

	def test_the_check_of_every_document_answers_what_the_matrix_says(self):
		for person in PEOPLE:
			user = self.act_as(person)
			for ptype in ("read", "write"):
				allowed = {
					label
					for label, doc in self.docs.items()
					if frappe.has_permission(doc.doctype, ptype, doc=doc, user=user)
				}
				with self.subTest(person, ptype=ptype):
					self.assertEqual(allowed, self.expected(person, ptype))

	def test_the_hook_alone_answers_the_same_for_every_right_of_the_host(self):
		"""Should a Custom DocPerm or a share open the first door, ours is still closed."""
		for person in PEOPLE:
			for ptype in PTYPES:
				allowed = {
					label
					for label, doc in self.docs.items()
					if has_permission(doc, ptype, self.people[person]) is not False
				}
				with self.subTest(person, ptype=ptype):
					self.assertEqual(allowed, self.expected(person, ptype))

	def test_a_new_document_beside_an_own_one_can_be_made_where_the_matrix_says(self):
		for person in PEOPLE:
			user = self.act_as(person)
			for label, doc in self.docs.items():
				if doc.doctype in ("SV Report", "SV Decision Table", "SV Held Mail"):
					continue
				copy = frappe.copy_doc(doc)
				copy.name = None
				with self.subTest(person, label=label):
					self.assertEqual(
						frappe.has_permission(doc.doctype, "create", doc=copy, user=user),
						any(right.allows("create") for right in self.rights_of(person, label)),
					)

	def test_rows_within_a_document_are_listed_for_who_sees_the_document(self):
		for child, parent in CHILD_TABLES.items():
			for person in PEOPLE:
				condition = query_condition(self.people[person], child)
				rows = frappe.db.sql(f"select distinct `parent` from `tab{child}` where {condition}")
				shown = {self.institution.label(parent, row[0]) for row in rows} - {None}
				with self.subTest(person, child=child):
					self.assertLessEqual(shown, self.expected(person, "read"))
					self.assertEqual(
						bool(shown),
						any(self.with_rows(label, child) for label in self.expected(person, "read")),
					)

	def with_rows(self, label: str, child: str) -> bool:
		doc = self.docs[label]
		return doc.doctype == CHILD_TABLES[child] and any(
			row.doctype == child for row in doc.get_all_children()
		)

	def test_by_what_right_somebody_reads_is_named(self):
		for person in PEOPLE:
			for label in self.docs:
				relations = {
					right.relation for right in self.rights_of(person, label) if right.allows("read")
				}
				if self.docs[label].doctype == "SV Settings":
					continue
				with self.subTest(person, label=label):
					named = by_what_right(self.docs[label], self.people[person])
					self.assertTrue(named in relations if relations else named is None)
