"""Who asks about their own data gets what is held, without anybody else; two persons release it."""

import json

import pytest
from grant_helpers import acting_as, adviser, desk_of
from grant_helpers import told as told_to
from subject_world import (
	ADDRESS,
	NAME,
	OF_OTHERS,
	OTHER,
	OTHER_ADDRESS,
	STORY,
	WITNESS,
	Desk,
	advisers,
	choose_all,
	collected,
	decide_rest,
	downloaded,
	in_archive,
	items,
	made,
	prepared,
	register,
	take,
	text_of,
	told,
)

import frappe
from frappe.utils import add_days, add_years, getdate, today

from sv_helpdesk import access_log
from sv_helpdesk.access_log.pending import of_this_transaction
from sv_helpdesk.complaints import copies
from sv_helpdesk.crypto import blind_index, files
from sv_helpdesk.leaving.hand_over import hand_over
from sv_helpdesk.permissions import denied_list
from sv_helpdesk.permissions.roles import CCP_STAFF, COORDINATOR, PRIVACY_OFFICER
from sv_helpdesk.retention import log
from sv_helpdesk.social_safety.report.requests_about_own_data import requests_about_own_data
from sv_helpdesk.subject_access import choosing, forgetting, lengthening, registering, reminding
from sv_helpdesk.subject_access.others import Others
from sv_helpdesk.subject_access.registering import REQUEST
from sv_helpdesk.subject_access.searching import Known, found
from sv_helpdesk.test_utils import (
	make_complaint,
	make_complaint_part,
	make_consent,
	make_message,
	make_party,
	make_report,
	make_user,
)
from sv_helpdesk.workflows import agenda, api


@pytest.fixture(autouse=True)
def no_others():
	"""What other tests made over HTTP and in a browser comes back with the rollback."""
	frappe.db.delete("SV Subject Case")
	frappe.db.delete(REQUEST)


@pytest.fixture
def desk():
	return Desk()


def deny(case: str, user: str) -> None:
	denied_list.add(case, blind_index("account", user), denied_list.BY_HAND)


# who is found, and by whom


@pytest.mark.parametrize("role", ["Reporter", "Accused", "Witness", "Manager", "Other"])
def test_somebody_is_found_in_every_role_by_address_account_and_name(desk, role):
	user = make_user(None)
	case = make_report(desk=desk.desk).name
	make_party(case, role, person_name="Ánna Bos", email_address="anna@uni.example", account=user)
	for names, addresses, by in (
		("", "ANNA@uni.example", "Address"),
		("", user, "Account"),
		("anna  bos", "", "Name"),
	):
		rows = found(Known.by(names, "", addresses), desk.desk)
		assert [(row.report, row.role, row.found_by) for row in rows] == [(case, role, by)]
	assert found(Known.by("Other", "Anna Bos", ""), desk.desk)
	assert found(Known.by("Somebody else", "", "nobody@uni.example"), desk.desk) == []


def test_who_only_wrote_is_found_by_the_sender(desk):
	message = make_message(desk.case.name, body="x", sender="pen@uni.example")
	frappe.db.set_value("SV Message", message.name, "sender_index", blind_index("address", "pen@uni.example"))
	rows = found(Known.by("", "", "pen@uni.example"), desk.desk)
	assert [(row.report, row.party, row.role) for row in rows] == [(desk.case.name, None, "Sender")]


def test_another_desks_case_is_neither_found_nor_told_of(desk):
	other = Desk()
	name = collected(desk.desk, desk.staff)
	request = frappe.get_doc(REQUEST, name)
	assert [row.report for row in request.cases] == [desk.case.name]
	assert [row.name for row in made()] == [name]
	with acting_as(other.staff):
		assert frappe.get_list(REQUEST) == []
		assert not frappe.has_permission(REQUEST, "read", doc=name)


def test_for_all_desks_each_gets_its_own_whether_it_holds_anything_or_not(desk):
	empty = desk_of(make_user(COORDINATOR)).name
	officer = make_user(PRIVACY_OFFICER)
	assert register("", officer) is None
	by_desk = {}
	for row in made():
		by_desk.setdefault(row.desk, []).append(row)
	assert len(by_desk[desk.desk]) == len(by_desk[empty]) == 1
	assert by_desk[desk.desk][0].handler == desk.coordinator
	with acting_as(officer):
		assert not frappe.has_permission(REQUEST)


def test_at_a_desk_where_everybody_works_alone_each_answers_for_their_own_cases():
	desk, lead, one, two = advisers()
	name = register(desk, one)
	by_handler = {row.handler: row.name for row in made()}
	assert set(by_handler) == {one, two} and by_handler[one] == name
	for user in (one, two):
		with acting_as(user):
			assert frappe.get_list(REQUEST, pluck="name") == [by_handler[user]]
			cases = frappe.get_doc(REQUEST, by_handler[user]).cases
		assert [frappe.db.get_value("SV Report", row.report, "handler") for row in cases] == [user]
	with acting_as(lead):
		assert frappe.get_list(REQUEST) == []
	assert any("A request waits for you" in sentence for sentence in told_to(two))


def test_who_is_denied_a_case_gets_a_request_that_looks_complete_and_a_colleague_answers_for_it(desk):
	hidden = make_report(desk=desk.desk, handler=desk.coordinator, narrative="Hidden from staff").name
	make_party(hidden, person_name=NAME, email_address=ADDRESS)
	deny(hidden, desk.staff)
	name = register(desk.desk, desk.staff)
	with acting_as(desk.staff):
		assert frappe.get_list(REQUEST, pluck="name") == [name]
		assert [row.report for row in frappe.get_doc(REQUEST, name).cases] == [desk.case.name]
	take(name, desk.staff, "collect", identity_checked="Known in person")
	choose_all(name, desk.staff)
	take(name, desk.staff, "prepare", decision="Granted", second_person=desk.colleague)
	assert "Hidden from staff" not in told(name, desk.staff)
	(other,) = (row for row in made() if row.name != name)
	assert other.handler != desk.staff
	take(other.name, other.handler, "collect", identity_checked="Known in person")
	choose_all(other.name, other.handler)
	second = next(user for user in (desk.coordinator, desk.colleague) if user != other.handler)
	take(other.name, other.handler, "prepare", decision="Granted", second_person=second)
	assert "Hidden from staff" in told(other.name, other.handler)
	assert not frappe.db.exists("SV Access Log", {"user": desk.staff, "action": "Refused"})
	assert not of_this_transaction().has("Refused", "SV Report", hidden)


def test_nothing_says_that_a_case_was_not_shown(desk):
	"""The same words go to who is answered alone and to who is answered by two colleagues."""
	alone = prepared(desk.desk, desk.staff, desk.colleague)
	assert "answer apart for what they hold, if they hold anything" in told(alone, desk.staff)


def test_a_case_that_becomes_hidden_from_the_handler_goes_to_a_colleague_and_the_rest_stays(desk):
	second = make_report(desk=desk.desk, handler=desk.staff, narrative="Comes to be hidden").name
	make_party(second, person_name=NAME, email_address=ADDRESS)
	name = prepared(desk.desk, desk.staff, desk.colleague)
	make_party(second, "Accused", account=desk.staff)
	with acting_as(desk.staff):
		request = frappe.get_doc(REQUEST, name)
		assert frappe.get_list(REQUEST, pluck="name") == [name]
	assert [row.report for row in request.cases] == [desk.case.name]
	assert (request.status, request.answer) == ("Collected", None)
	(other,) = (row for row in made() if row.name != name)
	assert other.handler != desk.staff
	assert [row.report for row in frappe.get_doc(REQUEST, other.name).cases] == [second]


def test_a_case_that_comes_later_is_found_by_searching_again_and_hidden_ones_go_to_colleagues(desk):
	name = collected(desk.desk, desk.staff)
	seen, hidden = (make_report(desk=desk.desk).name for _number in range(2))
	for case in (seen, hidden):
		make_party(case, person_name=NAME, email_address=ADDRESS)
	deny(hidden, desk.staff)
	for _time in range(2):
		take(name, desk.staff, "search_again")
	assert {row.report for row in frappe.get_doc(REQUEST, name).cases} == {desk.case.name, seen}
	(other,) = (row for row in made() if row.name != name)
	assert [row.report for row in frappe.get_doc(REQUEST, other.name).cases] == [hidden]


def test_a_request_goes_from_the_lists_of_a_third_colleague_with_its_case_and_they_hand_nothing_of_it_out(
	desk,
):
	name = prepared(desk.desk, desk.staff, desk.colleague)
	deny(desk.case.name, desk.coordinator)
	with acting_as(desk.coordinator):
		assert frappe.get_list(REQUEST, pluck="name") == []
	for what in ("paper", "data", "everything"):
		with pytest.raises(frappe.PermissionError, match="no request for you here"):
			downloaded(name, desk.coordinator, what)
	own = collected(desk.desk, desk.coordinator)
	with acting_as(desk.coordinator):
		assert frappe.get_doc(REQUEST, own).cases == []
	assert "shouted" not in told(own, desk.coordinator) and desk.number not in told(own, desk.coordinator)


def test_nobody_answers_their_own_request(desk):
	own = register(desk.desk, desk.staff, person_name="Staff", addresses=desk.staff)
	assert {row.handler for row in made()} == {desk.coordinator}
	assert own is None or frappe.db.get_value(REQUEST, own, "handler") == desk.coordinator


@pytest.mark.parametrize("known_by", ["account", "other address", "name"])
@pytest.mark.parametrize("registered_by", ["staff", "colleague"])
def test_a_colleague_who_asks_sees_their_request_neither_with_a_case_against_them_nor_without(
	desk, registered_by, known_by
):
	asking = frappe.get_doc("User", desk.colleague)
	asking.append("user_emails", {"email_account": "", "email_id": "asks.at.home@uni.example"})
	for row in asking.user_emails:
		row.db_insert()
	frappe.db.set_value("User", asking.name, "full_name", "Who Asks")
	values = {
		"account": {"person_name": "", "addresses": asking.name},
		"other address": {"person_name": "", "addresses": "asks.at.home@uni.example"},
		"name": {"person_name": "who  asks", "addresses": ""},
	}[known_by]
	seen = []
	for number in range(2):
		if number:
			make_party(
				desk.case.name,
				"Accused",
				person_name="Who Asks",
				email_address="asks.at.home@uni.example",
				account=asking.name,
			)
		before = {row.name for row in made()}
		given = register(desk.desk, getattr(desk, registered_by), **values)
		new = {row.name for row in made()} - before
		with acting_as(asking.name):
			mine = {name for name in new if frappe.has_permission(REQUEST, "read", doc=name)}
			listed = set(frappe.get_list(REQUEST, {"name": ["in", sorted(new)]}, pluck="name"))
		assert listed == mine
		seen.append((len(mine), registered_by == "colleague" and bool(given)))
	assert seen[0] == seen[1]


def test_a_request_is_never_handed_to_whose_it_is(desk):
	name = register(desk.desk, desk.staff, person_name="Colleague", addresses=desk.colleague)
	with acting_as(desk.staff):
		request = frappe.get_doc(REQUEST, name)
		request.handler = desk.colleague
		with pytest.raises(frappe.ValidationError, match="can't be chosen"):
			request.save()


def test_only_who_works_at_a_desk_registers_there_and_not_everybody_for_all(desk):
	for user, at in ((adviser(), desk.desk), (make_user("SV HR Advisor"), desk.desk), (desk.staff, "")):
		with pytest.raises(frappe.PermissionError):
			register(at, user)
	assert made() == []
	with pytest.raises(frappe.ValidationError, match="Enter a name"):
		register(desk.desk, desk.staff, person_name=" ", addresses="")


# what goes in


def test_a_reporter_gets_what_is_theirs_and_nobody_else(desk):
	desk.filled()
	name = prepared(desk.desk, desk.staff, desk.colleague)
	text = told(name, desk.staff)
	for theirs in (
		*(NAME, ADDRESS, "Was upset", "shouted at me", "That it stops", "We talked about"),
		*("A word from Robin about", "A word to Robin", "To have a doctor help", "A summary for the police"),
		*("Coffee each Monday", desk.number, "Thought of my own", "lives at the canal"),
	):
		assert theirs in text, theirs
	assert "What the witness wrote" not in text
	for other in OF_OTHERS:
		assert other not in text.lower(), other
	assert "[somebody else]" in text and "saw it" in text


def test_notes_about_nobody_in_particular_wait_for_a_choice(desk):
	desk.filled()
	name = collected(desk.desk, desk.staff)
	assert "" in items(name, desk.staff).values()
	with pytest.raises(frappe.ValidationError, match="isn't decided whether they go in"):
		take(name, desk.staff, "prepare", decision="Granted", second_person=desk.colleague)


def test_what_stays_out_is_not_told(desk):
	desk.filled()
	name = prepared(desk.desk, desk.staff, desk.colleague, choice="Rights of others")
	text = told(name, desk.staff)
	assert "Nothing that can be told to you" in text and "shouted" not in text and desk.number not in text


def test_an_accused_who_does_not_know_of_the_case_gets_nothing_of_it_by_itself(desk):
	desk.filled()
	name = collected(desk.desk, desk.staff, person_name=OTHER, addresses=OTHER_ADDRESS)
	assert set(items(name, desk.staff).values()) == {"Rights of others"}
	take(name, desk.staff, "prepare", decision="Granted", second_person=desk.colleague)
	text = told(name, desk.staff)
	assert desk.number not in text and "Accused" not in text and "shouted" not in text


def test_an_accused_who_knows_gets_their_own_and_never_the_story_or_the_reporter_by_itself(desk):
	frappe.db.set_value("SV Report", desk.case.name, "accused_informed_on", today())
	name = collected(desk.desk, desk.staff, person_name=OTHER, addresses=OTHER_ADDRESS)
	proposed = items(name, desk.staff)
	assert proposed["What was told"] == proposed["Who opened it"] == "Rights of others"
	assert proposed["Your details"] == "Goes in"
	with acting_as(desk.staff):
		undecided = [item["key"] for item in choosing.items(name) if not item["choice"]]
		choosing.choose(name, dict.fromkeys(undecided, "Goes in"))
	text = text_of(downloaded(name, desk.staff))
	assert "Quaedvlieg" in text
	for of_reporter in ("shouted", "Robin", "Zandwijk", desk.number, ADDRESS):
		assert of_reporter not in text


def test_what_was_found_by_a_name_alone_goes_in_only_when_somebody_says_so(desk):
	name = collected(desk.desk, desk.staff, addresses="")
	assert set(items(name, desk.staff).values()) == {""}


def test_passages_that_are_struck_are_gone(desk):
	name = collected(desk.desk, desk.staff)
	with acting_as(desk.staff):
		request = frappe.get_doc(REQUEST, name)
		request.passages = "lives at  the CANAL"
		request.save()
	text = text_of(downloaded(name, desk.staff))
	assert "[left out]" in text and "canal" not in text


def test_files_that_they_sent_go_along(desk):
	message = make_message(desk.case.name, body="See the file", sender=ADDRESS)
	file = frappe.get_doc(
		{"doctype": "SV Attachment", "report": desk.case.name, "message": message.name,
		"original_name": "../letter of Isolde.txt", "media_type": "text/plain"}
	).insert()  # fmt: skip
	file.db_set("file", files.store(b"bytes of Robin", desk.case.name, "SV Attachment", file.name))
	name = prepared(desk.desk, desk.staff, desk.colleague)
	packed = in_archive(downloaded(name, desk.colleague, "everything"))
	number = frappe.db.get_value(REQUEST, name, "request_number")
	assert set(packed) == {f"{number}.pdf", f"{number}.json", "01 .._letter of [somebody else].txt"}
	assert packed["01 .._letter of [somebody else].txt"] == b"bytes of Robin"
	assert of_this_transaction().has("Exported", "SV Attachment", file.name)


@pytest.mark.parametrize(
	"name",
	[
		"talk_Quaedvlieg_2024.txt",
		"Meindert_de_Quaedvlieg.txt",
		"MeindertQuaedvlieg.txt",
		"quaedvlieg2.txt",
		"reportQuaedvlieg.txt",
		"m.quaedvlieg@uni.example.txt",
	],
)
def test_nor_does_the_name_of_a_file_name_anybody_however_programs_write_it(desk, name):
	message = make_message(desk.case.name, body="See the file", sender=ADDRESS)
	file = frappe.get_doc(
		{"doctype": "SV Attachment", "report": desk.case.name, "message": message.name,
		"original_name": name, "media_type": "text/plain"}
	).insert()  # fmt: skip
	file.db_set("file", files.store(b"bytes of Robin", desk.case.name, "SV Attachment", file.name))
	request = prepared(desk.desk, desk.staff, desk.colleague)
	packed = in_archive(downloaded(request, desk.colleague, "everything"))
	named = " ".join(packed).lower() + told(request, desk.staff).lower()
	assert b"bytes of Robin" in packed.values() and ".txt" in named
	assert "quaedvlieg" not in named and "meindert" not in named


@pytest.mark.parametrize("who", ["accused", "witness"])
def test_who_is_no_reporter_gets_an_answer_too_when_somebody_lets_all_of_it_go_in(desk, who):
	asks = {"accused": (OTHER, OTHER_ADDRESS), "witness": (WITNESS, "")}[who]
	name = collected(desk.desk, desk.staff, person_name=asks[0], addresses=asks[1])
	choose_all(name, desk.staff)
	with acting_as(desk.colleague):
		access_log.record("Opened", "SV Report", desk.case.name, desk.case.name, "desk")
	access_log.write_now()
	assert "Who opened it" in text_of(downloaded(name, desk.staff))


def test_who_opened_it_is_told(desk):
	with acting_as(desk.colleague):
		access_log.record("Opened", "SV Report", desk.case.name, desk.case.name, "desk")
	access_log.write_now()
	frappe.db.set_value("User", desk.colleague, "full_name", "Colleague Who Looked")
	name = prepared(desk.desk, desk.staff, desk.colleague)
	assert "Colleague Who Looked" in text_of(downloaded(name, desk.staff))


# what a formal complaint holds


OF_COMPLAINT = ("Both word", "Complainant word", "Accused word", "Neither word", "Informal word")


def with_complaint(desk) -> str:
	"""Return a formal complaint of the reporter about the accused, with a part for each reader and a copy."""
	frappe.db.set_value("SV Report", desk.case.name, "kind", "Formal complaint")
	sides = {"complainant": desk.reporter.name, "accused": desk.accused.name}
	complaint = make_complaint(desk.case.name, committee="The committee", **sides).name
	for open_to in ("Both", "Complainant", "Accused", "Neither"):
		withheld = {"open_to": open_to, "withheld_ground": "Ground word"}
		make_complaint_part(complaint, body=f"{open_to} word of Isolde Tromp", **withheld)
	consent = make_consent(desk.case.name, desk.reporter.name, scope="Dossier", recipient="The committee")
	out_of_case = {"origin": "Out of the informal case", "consent": consent.name, "open_to": "Complainant"}
	with acting_as(desk.staff):
		make_complaint_part(complaint, body="Informal word", withheld_ground="Ground word", **out_of_case)
	return complaint


def said_of_complaint(name: str, user: str) -> set[str]:
	text = text_of(downloaded(name, user))
	assert "Ground word" not in text and "Isolde" not in text
	return {word for word in OF_COMPLAINT if word in text}


def test_a_complainant_gets_their_complaint_and_what_of_its_file_is_open_to_them(desk):
	with_complaint(desk)
	name = collected(desk.desk, desk.staff)
	proposed = items(name, desk.staff)
	assert proposed["Formal complaint"] == "Goes in"
	assert said_of_complaint(name, desk.staff) == {"Both word", "Complainant word"}


def test_the_accused_gets_theirs_once_they_were_told_and_a_witness_nothing_of_it(desk):
	complaint = with_complaint(desk)
	about_accused = {"person_name": OTHER, "addresses": OTHER_ADDRESS}
	name = collected(desk.desk, desk.staff, **about_accused)
	assert said_of_complaint(name, desk.staff) == set()
	frappe.db.set_value("SV Report", desk.case.name, "accused_informed_on", today())
	name = collected(desk.desk, desk.staff, **about_accused)
	assert items(name, desk.staff)["Formal complaint"] == ""
	decide_rest(name, desk.staff)
	assert said_of_complaint(name, desk.staff) == {"Both word", "Accused word"}
	frappe.db.set_value("SV Complaint", complaint, "accused", None)
	name = collected(desk.desk, desk.staff, **about_accused)
	assert not {"Formal complaint", "Part of the file of the complaint"} & set(items(name, desk.staff))


def test_they_are_told_which_copies_went_to_them_and_to_the_committee(desk):
	complaint = with_complaint(desk)
	frappe.db.set_value("SV Complaint", complaint, "status", "Handed over")
	frappe.db.set_value("SV Report", desk.case.name, "accused_informed_on", today())
	with acting_as(desk.staff):
		for give in (copies.for_committee, copies.for_complainant, copies.for_accused):
			give(complaint)
	with acting_as(desk.staff):
		name = collected(desk.desk, desk.staff)
	assert [title.split(",")[0] for title in _titles(name, desk.staff)].count(
		"Copy of the file of the complaint"
	) == 2


def _titles(name: str, user: str) -> list[str]:
	with acting_as(user):
		return [item["title"] for item in choosing.items(name)]


def test_files_of_the_parts_that_go_in_go_along(desk):
	complaint = with_complaint(desk)
	for part in frappe.get_all(
		"SV Complaint Part", {"complaint": complaint}, pluck="name", order_by="part_number"
	):
		doc = frappe.get_doc("SV Complaint Part", part)
		doc.db_set("file", files.store(f"File {doc.open_to}".encode(), complaint, doc.doctype, part))
	name = prepared(desk.desk, desk.staff, desk.colleague, choice="Rights of others")
	assert not [file for file in in_archive(downloaded(name, desk.colleague, "everything")) if "bin" in file]
	name = collected(desk.desk, desk.staff)
	packed = in_archive(downloaded(name, desk.staff, "everything"))
	assert {packed[file] for file in packed if file.endswith(".bin")} == {b"File Both", b"File Complainant"}


# names in every spelling


@pytest.mark.parametrize(
	("text", "left"),
	[
		("Ask Sam.", "Ask X."),
		("Sams idea, Sam's idea, SAM", "X idea, X idea, X"),
		("J. de Vries-Ómar called", "X called"),
		("met de Vries en Sam de Vries", "met X en X"),
		("the same sample", "the same sample"),
		("sam.vries@uni.example, also S.Other@else.example", "X, also X"),
		("+31612345678, 06 1234 5678, 0031-6-12345678", "X, X, X"),
		("number 1612345678", "number 1612345678"),
		("Robin and robin@uni.example", "Robin and robin@uni.example"),
	],
)
def test_others_are_taken_out_in_every_spelling(desk, text, left):
	case = make_report(desk=desk.desk, handler=desk.staff).name
	own = make_party(case, person_name="Robin Bos", email_address="robin@uni.example").name
	make_party(
		case,
		"Accused",
		person_name="Sam de Vries",
		email_address="sam.vries@uni.example",
		phone="06 12345678",
	)
	make_party(case, "Witness", person_name="J. Ómar")
	with acting_as(desk.staff):
		known = Known.by("Robin Bos", "", "robin@uni.example")
		others = Others([case], {own}, known, [], "en")
	assert others.taken_out_of(text).replace("[somebody else]", "X") == left


@pytest.mark.parametrize(
	("name", "text", "left"),
	[
		("Ann D'Hondt", "D’Hondt and d‘hondt", "X and X"),
		("Ann D’Hondt", "D'Hondt", "X"),
		("Sam Verbeek", "Ver\u00adbeek, S\u200bam, Sam\u00a0Verbeek", "X, X, X"),
		("Du Le", "Ask Du Le, he is in de kantine", "Ask X, he is in de kantine"),
		("J. B.", "J. B. said so", "X said so"),
		("李明", "昨天李明打了我", "昨天X打了我"),
	],
)
def test_nor_does_the_way_a_name_is_typed_let_it_through(desk, name, text, left):
	case = make_report(desk=desk.desk, handler=desk.staff).name
	own = make_party(case, person_name="Robin Bos").name
	make_party(case, "Accused", person_name=name)
	with acting_as(desk.staff):
		others = Others([case], {own}, Known.by("Robin Bos", "", ""), [], "en")
	assert others.taken_out_of(text).replace("[somebody else]", "X") == left


def test_a_mail_is_told_in_words_and_no_tag_of_it_divides_a_name(desk):
	body = (
		"<div>Ask <b>Mein</b>dert<div>Quaedvlieg</div><div>came</div></div><p>Tromp</p><ul><li>Yskes</li></ul>"
		"<table><tbody><tr><td>Quaed<i>vlieg</i></td><td>Isolde</td></tr></tbody></table><p>Tom &amp; me&nbsp;too</p>"
	)
	make_message(desk.case.name, body=body, sender=ADDRESS)
	name = collected(desk.desk, desk.staff)
	choose_all(name, desk.staff)
	text = told(name, desk.staff)
	assert "Tom & me too" in text.replace("\u00a0", " ") and "<" not in text and "&amp;" not in text
	for word in OF_OTHERS:
		assert word not in text.casefold(), text[
			max(0, text.casefold().find(word) - 150) : text.casefold().find(word) + 80
		]


# two persons


def possible(name: str, user: str) -> set[str]:
	with acting_as(user):
		return {step["name"] for step in api.steps(REQUEST, name)}


def test_a_second_person_releases_exactly_what_they_and_the_handler_saw(desk):
	name = prepared(desk.desk, desk.staff, desk.colleague)
	seen = [downloaded(name, desk.colleague, what) for what in ("paper", "data", "everything")]
	for user in (desk.staff, desk.coordinator):
		assert "release" not in possible(name, user)
		with pytest.raises(frappe.PermissionError):
			take(name, user, "release")
	assert "release" in possible(name, desk.colleague)
	frappe.db.set_value(REQUEST, name, "prepared_by", desk.colleague)
	with pytest.raises(frappe.PermissionError, match="second person whom the request names"):
		take(name, desk.colleague, "release")
	frappe.db.set_value(REQUEST, name, "prepared_by", desk.staff)
	frappe.db.set_value("SV Report", desk.case.name, "outcome", "Founded")
	take(name, desk.colleague, "release")
	assert [downloaded(name, desk.staff, what) for what in ("paper", "data", "everything")] == seen
	take(name, desk.staff, "hand_out", handed_out_how="In person")
	assert of_this_transaction().has("Delivered", REQUEST, name)
	assert frappe.db.get_value(REQUEST, name, "closed_on") == getdate()


def test_the_second_person_is_somebody_else_from_whom_nothing_is_kept(desk):
	frappe.db.set_value("SV Party", desk.accused.name, "supported_by", desk.coordinator)
	denied = make_user(CCP_STAFF)
	row = frappe.get_doc("SV Desk", desk.desk)
	row.append("members", {"user": denied, "desk_role": "Member"})
	row.save()
	deny(desk.case.name, denied)
	name = collected(desk.desk, desk.staff)
	choose_all(name, desk.staff)
	for user in (desk.staff, denied, desk.coordinator, adviser(), make_user(None)):
		with pytest.raises(frappe.ValidationError, match="can't be the second one"):
			take(name, desk.staff, "prepare", decision="Granted", second_person=user)


def test_a_second_person_where_everybody_works_alone_reads_the_answer_and_nothing_else():
	desk, _lead, one, two = advisers()
	name = prepared(desk, one, two)
	case = frappe.get_doc(REQUEST, name).cases[0].report
	assert "Told on Monday" in told(name, two) and "Friday" not in told(name, two)
	with acting_as(two):
		assert not frappe.has_permission("SV Report", "read", doc=case)
	take(name, two, "send_back")
	with pytest.raises(frappe.PermissionError):
		downloaded(name, two)
	assert frappe.db.get_value(REQUEST, name, "answer") is None


def test_nobody_changes_what_was_prepared(desk):
	name = prepared(desk.desk, desk.staff, desk.colleague)
	for user in (desk.staff, desk.colleague):
		with acting_as(user):
			request = frappe.get_doc(REQUEST, name)
			request.passages = "something"
			with pytest.raises(frappe.PermissionError):
				request.save()
	with pytest.raises(frappe.ValidationError, match="Send it back first"):
		choose_all(name, desk.staff)


def test_only_the_handler_works_on_it_and_hands_it_to_who_may_see_all_of_it(desk):
	name = collected(desk.desk, desk.staff)
	deny(desk.case.name, desk.coordinator)
	with pytest.raises(frappe.PermissionError, match="Only its handler"):
		choose_all(name, desk.colleague)
	for user, refused in ((desk.coordinator, True), (adviser(), True), (desk.colleague, False)):
		with acting_as(desk.staff):
			request = frappe.get_doc(REQUEST, name)
			request.handler = user
			if refused:
				with pytest.raises(frappe.ValidationError):
					request.save()
			else:
				request.save()
	choose_all(name, desk.colleague)


def test_who_leaves_hands_a_request_over_with_its_cases():
	desk, lead, one, two = advisers()
	name = collected(desk, one)
	with acting_as(lead):
		hand_over(desk, one, two, ["requests"])
	assert frappe.db.get_value(REQUEST, name, "handler") == one, "who may not use its case can't answer"
	with acting_as(lead):
		hand_over(desk, one, two)
	assert frappe.db.get_value(REQUEST, name, "handler") == two
	assert "Told on Monday" in text_of(downloaded(name, two))


# decisions and terms


def test_a_refusal_has_its_ground_and_reasons_and_tells_nothing_else(desk):
	name = collected(desk.desk, desk.staff)
	refused = {"decision": "Refused", "second_person": desk.colleague}
	with pytest.raises(frappe.MandatoryError):
		take(name, desk.staff, "prepare", **refused)
	with acting_as(desk.staff):
		request = frappe.get_doc(REQUEST, name)
		request.update({"ground": "Identity not established", "reasons": "You brought nothing."})
		request.save()
	take(name, desk.staff, "prepare", **refused)
	text = told(name, desk.colleague)
	assert "You brought nothing." in text and "Identity not established" in text
	assert "shouted" not in text and desk.number not in text


def test_a_correction_says_where_it_was_carried_out(desk):
	name = collected(desk.desk, desk.staff, kind="Correction", asked="It was a Monday")
	granted = {"decision": "Granted", "second_person": desk.colleague}
	with pytest.raises(frappe.MandatoryError):
		take(name, desk.staff, "prepare", **granted)
	with acting_as(desk.staff):
		request = frappe.get_doc(REQUEST, name)
		request.update({"carried_out_on": today(), "carried_out": "In the story: Monday."})
		request.save()
	take(name, desk.staff, "prepare", **granted)
	text = told(name, desk.colleague)
	assert "Our answer to your request" in text and "In the story: Monday." in text and "shouted" not in text


def test_an_erasure_marks_closed_cases_when_it_is_released_and_waits_for_open_ones(desk):
	name = collected(desk.desk, desk.staff, kind="Erasure")
	granted = {"decision": "Granted", "second_person": desk.colleague}
	with pytest.raises(frappe.ValidationError, match="goes on or has to be kept"):
		take(name, desk.staff, "prepare", **granted)
	frappe.db.set_value("SV Report", desk.case.name, "status", "Closed")
	take(name, desk.staff, "prepare", **granted)
	assert not frappe.db.get_value("SV Report", desk.case.name, "anonymise_on")
	take(name, desk.colleague, "release")
	assert frappe.db.get_value("SV Report", desk.case.name, "anonymise_on") == getdate()


@pytest.mark.parametrize("meanwhile", [{"status": "Handling"}, {"legal_hold": 1}])
def test_an_erasure_is_not_released_once_a_case_goes_on_again_or_is_held(desk, meanwhile):
	frappe.db.set_value("SV Report", desk.case.name, "status", "Closed")
	name = collected(desk.desk, desk.staff, kind="Erasure")
	take(name, desk.staff, "prepare", decision="Granted", second_person=desk.colleague)
	frappe.db.set_value("SV Report", desk.case.name, meanwhile)
	with pytest.raises(frappe.ValidationError, match="goes on or has to be kept"):
		take(name, desk.colleague, "release")
	assert not frappe.db.get_value("SV Report", desk.case.name, "anonymise_on")
	take(name, desk.colleague, "send_back")


@pytest.mark.parametrize(
	("came", "due", "lengthened"),
	[
		("2026-01-31", "2026-03-02", "2026-04-30"),
		("2026-04-15", "2026-05-15", "2026-07-15"),
		# the 25th and 26th of December are holidays, the 27th is a Sunday
		("2026-11-25", "2026-12-28", "2027-02-25"),
	],
)
def test_the_term_is_a_month_and_once_two_more(came, due, lengthened):
	assert str(registering.due(came)) == due
	assert str(registering.due(came, registering.LENGTHENED)) == lengthened


def test_a_term_is_lengthened_once_with_a_reason_within_the_first_month(desk):
	name = register(desk.desk, desk.staff)
	with acting_as(desk.staff):
		with pytest.raises(frappe.ValidationError, match="no reason"):
			lengthening.lengthen(name, " ")
		lengthening.lengthen(name, "Three cases")
		with pytest.raises(frappe.ValidationError, match="lengthened once"):
			lengthening.lengthen(name, "Again")
	assert frappe.db.get_value(REQUEST, name, "due_on") == registering.due(today(), 3)
	late = register(desk.desk, desk.staff, received_on=add_days(today(), -40))
	with acting_as(desk.staff), pytest.raises(frappe.ValidationError, match="lengthened once"):
		lengthening.lengthen(late, "Too late")
	with acting_as(adviser()), pytest.raises(frappe.PermissionError):
		lengthening.lengthen(name, "Not mine")


def test_who_has_to_answer_is_reminded(desk):
	register(desk.desk, desk.staff, received_on=add_days(today(), -40))
	reminding.remind()
	assert any("is due" in sentence for sentence in told_to(desk.staff))


@pytest.mark.parametrize("handled", [False, True])
def test_nobody_is_reminded_from_whom_a_case_of_it_is_hidden(desk, handled):
	name = register(desk.desk, desk.staff, received_on=add_days(today(), -40))
	hidden_from = desk.staff if handled else desk.coordinator
	frappe.db.set_value(REQUEST, name, "handler", desk.staff if handled else None)
	# past the app, as by an account that was merged with the accused's
	denied_list.add(desk.case.name, blind_index("account", hidden_from), denied_list.BY_HAND)
	reminding.remind()
	assert not any("is due" in sentence for sentence in told_to(hidden_from))


def test_the_privacy_officer_has_numbers_and_terms_and_counts_a_registration_once():
	desk, _lead, one, _two = advisers()
	frappe.db.set_value("SV Desk", desk, "title", "Counted here")
	register(desk, one, received_on=add_days(today(), -40))
	with acting_as(make_user(PRIVACY_OFFICER)):
		_columns, rows = requests_about_own_data.execute()
	assert [(row["received"], row["open"], row["late"]) for row in rows if row["desk"] == "Counted here"] == [
		(1, 1, 1)
	]
	assert NAME not in json.dumps(rows)
	with acting_as(one), pytest.raises(frappe.PermissionError):
		requests_about_own_data.execute()


def test_an_accused_privacy_officer_sees_no_row_of_the_log_about_such_a_request(desk):
	officer, accused = make_user(PRIVACY_OFFICER), make_user(PRIVACY_OFFICER)
	name = register(desk.desk, desk.staff)
	access_log.record("Opened", REQUEST, name)
	access_log.write_now()
	deny(desk.case.name, accused)
	for user, seen in ((officer, 1), (accused, 0)):
		with acting_as(user):
			rows = frappe.get_list("SV Access Log", {"document_name": name}, order_by="position asc")
		assert bool(rows) == bool(seen)


def test_a_request_is_destroyed_a_year_after_it_was_closed(desk):
	old, new = (register(desk.desk, desk.staff) for _number in range(2))
	for name, days in ((old, 367), (new, 300)):
		take(name, desk.staff, "withdraw")
		frappe.db.set_value(REQUEST, name, "closed_on", add_days(today(), -days))
	forgetting.forget_closed()
	assert [row.name for row in made()] == [new]
	assert not frappe.db.exists("SV Subject Case", {"parent": old})
	assert not frappe.db.get_value("SV Data Key", {"reference": old}, "wrapped_key")


def test_that_a_request_went_stands_in_the_retention_log_and_nowhere_else(desk):
	name, officer = register(desk.desk, desk.staff), make_user(PRIVACY_OFFICER)
	take(name, desk.staff, "withdraw")
	closed = add_days(getdate(), -367)
	frappe.db.set_value(REQUEST, name, "closed_on", closed)
	for doctype, values in (
		("Route History", {"user": desk.staff, "route": f"Form/{REQUEST}/{name}"}),
		("View Log", {"reference_doctype": REQUEST, "reference_name": name}),
	):
		row = frappe.new_doc(doctype)
		row.update(values)
		row.set_new_name()
		row.db_insert()
	told_before = frappe.get_all("SV Retention Log", pluck="name", order_by="name asc")
	forgetting.forget_closed()
	assert not frappe.db.exists("Route History", {"user": desk.staff})
	assert not frappe.db.exists("View Log", {"reference_name": name})
	with acting_as(officer):
		[row] = frappe.get_list("SV Retention Log", {"name": ["not in", [*told_before, ""]]}, ["*"])
	assert (row.record, row.years, row.due_on) == (log.REQUEST, 1, add_years(closed, 1))
	assert row.rows_destroyed == 2 and name not in json.dumps(row, default=str)


def test_with_an_anonymised_case_go_the_answers_that_told_of_it(desk):
	prepared_one, closed, correction = (
		prepared(desk.desk, desk.staff, desk.colleague),
		register(desk.desk, desk.staff),
		register(desk.desk, desk.staff, kind="Erasure"),
	)
	for name in (closed, correction):
		take(name, desk.staff, "withdraw")
	forgetting.case_is_anonymised(desk.case.name)
	left = {row.name: (row.status, row.answer) for row in made()}
	assert left == {prepared_one: ("Collected", None), correction: ("Withdrawn", None)}
	assert not frappe.db.exists("SV Subject Case", {"report": desk.case.name})


def test_nor_do_choices_lead_from_who_asked_to_an_anonymised_case(desk):
	name = collected(desk.desk, desk.staff, kind="Erasure")
	choose_all(name, desk.staff)
	assert frappe.db.get_value(REQUEST, name, "choices")
	forgetting.case_is_anonymised(desk.case.name)
	assert not frappe.db.get_value(REQUEST, name, "choices")


def test_nothing_of_a_request_stands_in_clear(desk):
	name = prepared(desk.desk, desk.staff, desk.colleague, asked="Everything please")
	row = json.dumps(frappe.db.get_value(REQUEST, name, "*", as_dict=True), default=str)
	for text in (NAME, ADDRESS, "Everything please", STORY[:15]):
		assert text not in row


def test_an_agenda_has_what_somebody_answers_and_what_waits_for_their_release(desk):
	def waiting(user: str) -> list[str]:
		with acting_as(user):
			return [row["name"] for row in agenda.mine()["for_me"] if row["doctype"] == REQUEST]

	name = collected(desk.desk, desk.staff)
	assert (waiting(desk.staff), waiting(desk.colleague)) == ([name], [])
	choose_all(name, desk.staff)
	take(name, desk.staff, "prepare", decision="Granted", second_person=desk.colleague)
	assert (waiting(desk.staff), waiting(desk.colleague)) == ([], [name])
