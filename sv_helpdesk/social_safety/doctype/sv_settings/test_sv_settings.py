"""Site-wide choices."""

from base64 import b64decode, b64encode
from io import BytesIO

from PIL import Image
from PIL.PngImagePlugin import PngInfo

import frappe

from sv_helpdesk.social_safety import choices
from sv_helpdesk.test_utils import SVTestCase


class TestSVSettings(SVTestCase):
	def test_thresholds_are_raised_only(self):
		self.assert_refused("can't be lower than 5", save_settings, threshold_internal=4)
		self.assert_refused("can't be lower than 10", save_settings, threshold_published=9)
		save_settings(threshold_internal=6, threshold_published=12)

	def test_what_is_published_hides_at_least_as_much(self):
		self.assert_refused("smaller numbers", save_settings, threshold_internal=20, threshold_published=10)

	def test_the_sender_on_sealed_tickets_can_not_exist(self):
		self.assert_refused("can't exist", save_settings, sealed_raised_by="melding@uni.example")

	def test_cases_are_kept_for_a_year_at_least(self):
		self.assert_refused("at least one year", save_settings, retention_years=0)

	def test_a_signal_needs_two_reporters_and_comes_within_reach(self):
		for fieldname in ("signal_person", "signal_unit"):
			for number in (0, 1, 21):
				self.assert_refused("2 to 20 reporters", save_settings, **{fieldname: number})
		save_settings(signal_person=3, signal_unit=5)
		self.assertEqual(choices.reporters_of_a_signal(), {"Person": 3, "Unit": 5})

	def test_contacts_come_in_order_within_two_years(self):
		for weeks in ("6, 2", "2, 2", "0", "-2", "27", "two", "2 weeks", "1.5"):
			self.assert_refused("ascending order", save_settings, aftercare_weeks=weeks)
		self.assert_refused("from 1 to 24", save_settings, aftercare_months="25")
		self.assert_refused("at least one contact", save_settings, aftercare_weeks="", aftercare_months=" ")
		save_settings(aftercare_weeks="", aftercare_months="1, 12")
		self.assertEqual(choices.contacts_after(), ([], [1, 12]))

	def test_a_choice_that_came_later_gets_its_default_and_what_was_chosen_stays(self):
		save_settings(signal_unit=7, aftercare_months="")
		frappe.db.delete("Singles", {"doctype": "SV Settings", "field": "aftercare_weeks"})
		for _times in range(2):
			choices.fill_in()
			frappe.db.value_cache.clear()
			self.assertEqual(choices.contacts_after(), ([2, 6], []))
			self.assertEqual(choices.reporters_of_a_signal()["Unit"], 7)

	def test_colours_can_be_read_on_paper(self):
		self.assert_refused("is not a colour", save_settings, main_colour="red")
		self.assert_refused("too light", save_settings, main_colour="#999999")
		self.assert_refused("too light", save_settings, second_colour="#eecc00")
		save_settings(main_colour="#00457c", second_colour="#d16103")
		save_settings(main_colour="", second_colour="")

	def test_a_logo_becomes_a_plain_picture_without_what_else_its_file_held(self):
		save_settings(logo=f"data:image/png;base64,{picture(comment='Made by Robin')}")
		kept = b64decode(frappe.get_doc("SV Settings").logo)
		made = Image.open(BytesIO(kept))
		self.assertEqual((made.format, made.mode, made.size), ("PNG", "RGB", (1200, 300)))
		# what was transparent is as white as the paper
		self.assertEqual(made.getpixel((0, 0)), (255, 255, 255))
		self.assertNotIn(b"Robin", kept)
		save_settings(logo="")

	def test_what_is_no_picture_is_no_logo(self):
		script = b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>").decode()
		large = b64encode(b"\x89PNG" + b"0" * 2_000_001).decode()
		for text in ("logo", script, large, picture(size=(5000, 4000)), picture(kind="GIF")):
			self.assert_refused("PNG or JPEG", save_settings, logo=text)

	def test_a_light_is_amber_before_it_is_red(self):
		for amber, red in ((5, 5), (9, 5), (0, 5), (5, 0)):
			self.assert_refused("amber before", save_settings, amber_per_thousand=amber, red_per_thousand=red)
		save_settings(amber_per_thousand=20, red_per_thousand=40)
		save_settings(amber_per_thousand=0, red_per_thousand=0)

	def test_the_defaults_are_safe(self):
		settings = frappe.new_doc("SV Settings")
		self.assertEqual((settings.threshold_internal, settings.threshold_published), (5, 10))
		self.assertTrue(settings.sealed_raised_by.endswith(".invalid"))
		self.assertEqual((settings.signal_person, settings.signal_unit), (2, 3))
		self.assertEqual((settings.aftercare_weeks, settings.aftercare_months), ("2, 6", "3, 6"))


def picture(size: tuple[int, int] = (2400, 600), kind: str = "PNG", comment: str = "") -> str:
	"""A transparent picture in base64."""
	words = PngInfo()
	words.add_text("Author", comment)
	out = BytesIO()
	Image.new("RGBA", size, (0, 0, 0, 0)).save(out, kind, pnginfo=words)
	return b64encode(out.getvalue()).decode()


def save_settings(**values):
	settings = frappe.get_doc("SV Settings")
	safe = {"threshold_internal": 5, "threshold_published": 10, "retention_years": 2}
	safe |= {"signal_person": 2, "signal_unit": 3, "aftercare_weeks": "2, 6", "aftercare_months": "3, 6"}
	settings.update({**safe, "sealed_raised_by": "melding@verzegeld.invalid", **values})
	settings.save()
