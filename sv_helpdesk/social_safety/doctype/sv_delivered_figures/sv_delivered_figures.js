// Delivered figures: filled in by hand, or read from a file and looked at before anything is saved.
const DELIVERY_FILE = "sv_helpdesk.reports.delivery_file";

frappe.ui.form.on("SV Delivered Figures", {
	refresh(frm) {
		frm.add_custom_button(__("Fill in from a file"), () => choose_file(frm));
		frm.add_custom_button(__("Download the template"), download_template);
	},
});

function choose_file(frm) {
	$('<input type="file" accept=".csv,.xlsx">')
		.on("change", (event) => read_file(frm, event.target.files[0]))
		.trigger("click");
}

async function read_file(frm, file) {
	const content = await in_base64(file);
	const { message: found } = await frappe.call({
		method: `${DELIVERY_FILE}.read`,
		args: { file_name: file.name, content },
		freeze: true,
	});
	if (found.faults.length) {
		const faults = found.faults.map((fault) => `<li>${frappe.utils.escape_html(fault)}</li>`).join("");
		frappe.msgprint({ title: __("Nothing was read from this file"), message: `<ul>${faults}</ul>` });
		return;
	}
	frm.clear_table("numbers");
	found.rows.forEach((row) => frm.add_child("numbers", row));
	frm.refresh_field("numbers");
	frm.dirty();
	frappe.show_alert(__("{0} numbers were read. Look at them, then save.", [found.rows.length]));
}

function in_base64(file) {
	return new Promise((resolve, reject) => {
		const reader = new FileReader();
		reader.onload = () => resolve(reader.result.split(",")[1] || "");
		reader.onerror = () => reject(reader.error);
		reader.readAsDataURL(file);
	});
}

async function download_template() {
	const { message: text } = await frappe.call({ method: `${DELIVERY_FILE}.template`, type: "POST" });
	// the mark tells spreadsheet programs which letters these are
	const address = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }));
	$("<a>")
		.attr({ href: address, download: `${__("Delivered figures")}.csv` })[0]
		.click();
	URL.revokeObjectURL(address);
}
