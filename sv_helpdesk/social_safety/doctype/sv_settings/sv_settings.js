// Settings: the logo is chosen here and kept with them; it is checked when they are saved.

frappe.ui.form.on("SV Settings", {
	refresh(frm) {
		show_logo(frm);
		frm.add_custom_button(__("Choose the logo"), () => choose_logo(frm), __("Logo", null, "SV Settings"));
		if (frm.doc.logo) {
			frm.add_custom_button(
				__("Remove the logo"),
				() => frm.set_value("logo", "").then(() => show_logo(frm)),
				__("Logo", null, "SV Settings")
			);
		}
	},
});

function choose_logo(frm) {
	const chooser = $('<input type="file" accept="image/png,image/jpeg">');
	chooser.on("change", () => {
		const reader = new FileReader();
		reader.onload = () => frm.set_value("logo", reader.result).then(() => show_logo(frm));
		reader.readAsDataURL(chooser[0].files[0]);
	});
	chooser.trigger("click");
}

function show_logo(frm) {
	const place = frm.get_field("logo_shown").$wrapper.empty();
	const { logo } = frm.doc;
	if (!logo) return;
	const source = logo.startsWith("data:") ? logo : `data:image/png;base64,${logo}`;
	$("<img>")
		.attr({ src: source, alt: __("Logo as it is printed") })
		.css("max-height", "80px")
		.appendTo(place);
}
